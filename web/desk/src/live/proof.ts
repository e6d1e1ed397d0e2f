// Some acts want whoever is signed in to show once more that it is them. Whoever
// can ask for that is told here; what was refused is then done after all.

type Ask = () => Promise<boolean>;

let ask: Ask | undefined;
let asked: Promise<boolean> | undefined;

/** Says how proof is asked for; nobody can be asked while there is no way to. */
export function askForProofBy(how: Ask | undefined): void {
  ask = how;
}

/** Asks for proof; whatever wants it meanwhile waits for the same answer. */
export function prove(): Promise<boolean> {
  asked ??= (ask?.() ?? Promise.resolve(false)).finally(() => (asked = undefined));
  return asked;
}
