// The steps of the first run. Those before there is an account live in the
// page alone; from then on the organization says which one comes next, so it
// goes on wherever it was left.
export const steps = ["language", "you", "organization", "queue", "team", "install", "try"] as const;

export type Step = (typeof steps)[number];

/** What the organization keeps: the next step, or nothing once all are done. */
export type Kept = Step | "";

/** Whether the server can be asked for it: the account is made with the second. */
export const saved = (step: Step): boolean => steps.indexOf(step) >= 2;

export const isStep = (said: string | undefined): said is Step => steps.includes(said as Step);

/** The step after one; "" after the last. */
export const after = (step: Step): Kept => steps[steps.indexOf(step) + 1] ?? "";

/** The step before one that can be gone back to: an account is made once. */
export function before(step: Step): Step | undefined {
  const earlier = steps[steps.indexOf(step) - 1];
  return earlier !== undefined && saved(earlier) === saved(step) ? earlier : undefined;
}

/** Which of two is further on: whoever goes back and saves again takes nothing back. */
export function further(a: Kept, b: Kept): Kept {
  const at = (kept: Kept) => (kept === "" ? steps.length : steps.indexOf(kept));
  return at(a) > at(b) ? a : b;
}
