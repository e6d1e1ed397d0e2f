// What a refusal is told as: the catalogue's sentence for its code, or else the
// server's own.
import { sentence, type Messages } from "../../../locales";
import { reportFailure } from "../../../ui/src/Toasts";
import { Refusal } from "../../../protocol/src/socket";

export function problemText(error: unknown, t: Messages): string {
  if (!(error instanceof Refusal)) return t.errorUnknown();
  const text = sentence(t, error.code, error.params);
  return text === t.errorUnknown() && error.detail !== "" ? error.detail : text;
}

/** Runs an action and tells what went wrong, if anything did. */
export function attempt(action: Promise<void>, t: Messages, then?: () => void): void {
  action.then(then, (error: unknown) => reportFailure(problemText(error, t)));
}

/** The refusal with the name of what was chosen, where the server knows only its identifier. */
export function named(error: unknown, target: string | undefined): unknown {
  if (!(error instanceof Refusal) || target === undefined || !("target" in error.params)) return error;
  return new Refusal(error.code, { ...error.params, target }, error.detail);
}
