import type { Step, StepSource } from "../account/source";

/** A second step as it is, and a server that takes the code 123456. */
export function fakeStep(step: Partial<Step> = {}): StepSource {
  let now: Step = { on: false, recovery_codes: 0, obliged: false, proven: true, ...step };
  const turn = (next: Partial<Step>) => {
    now = { ...now, ...next };
    return Promise.resolve();
  };
  const codes = Array.from({ length: 10 }, (_, n) => `ABCDE${n}-FGHIJK-LMNOPQ-RSTUVW`);
  return {
    step: () => Promise.resolve(now),
    enrol: () => Promise.resolve({ secret: "JBSWY3DPEHPK3PXP", picture: { size: 21, path: finder } }),
    confirm: () => turn({ on: true, recovery_codes: 10 }).then(() => codes),
    renew: () => turn({ recovery_codes: 10 }).then(() => codes),
    remove: () => turn({ on: false, recovery_codes: 0 }),
    prove: () => Promise.resolve(),
  };
}

/** One corner of a QR code. */
const finder = "M0 0h7v1h-7zM0 1h1v5h-1zM6 1h1v5h-1zM0 6h7v1h-7zM2 2h3v3h-3z";
