import type { Passkey, PasskeySource } from "../account/passkeys";
import type { Step, StepSource } from "../account/source";

/** A second step as it is, and a server that takes the code 123456. */
export function fakeStep(step: Partial<Step> = {}): StepSource {
  let now: Step = { on: false, recovery_codes: 0, obliged: false, proven: true, passkeys: 0, ...step };
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
    proveByPasskey: () => Promise.resolve(),
  };
}

/** One corner of a QR code. */
const finder = "M0 0h7v1h-7zM0 1h1v5h-1zM6 1h1v5h-1zM0 6h7v1h-7zM2 2h3v3h-3z";

/** Passkeys as they are, and a device that makes whatever it is asked for. */
export function fakePasskeys(kept: Passkey[] = [], max = 10): PasskeySource {
  let now = kept;
  const turn = (next: Passkey[]) => {
    now = next;
    return Promise.resolve();
  };
  return {
    list: () => Promise.resolve({ passkeys: now, max, possible: true }),
    add: (name) => turn([...now, { id: `pky_${name}`, name, created_at: "2026-11-22T09:00:00Z" }]),
    rename: (id, name) => turn(now.map((one) => (one.id === id ? { ...one, name } : one))),
    remove: (id) => turn(now.filter((one) => one.id !== id)),
  };
}
