import { command, read } from "../live/rest";
import { signWithPasskey, type PasskeyRequest } from "./device";

/** A browser that is signed in. */
export interface Session {
  id: string;
  current: boolean;
  seen_at: string;
  user_agent: string;
}

export interface AccountSource {
  sessions(): Promise<Session[]>;
  end(id: string): Promise<void>;
  change(present: string, next: string): Promise<void>;
}

export const accountSource: AccountSource = {
  sessions: () => read<{ sessions: Session[] }>("/me/sessions").then((answer) => answer.sessions),
  end: (id) => command("DELETE", `/me/sessions/${encodeURIComponent(id)}`),
  change: (present, next) => command("PUT", "/me/password", { present, next }),
};

/** One's second step of signing in. */
export interface Step {
  on: boolean;
  recovery_codes: number;
  /** The organization wants it. */
  obliged: boolean;
  /** What wants proof is done now without asking for it. */
  proven: boolean;
  /** How many there are; each is as good as a code. */
  passkeys: number;
}

/** A secret for an authenticator; it is shown this once. */
export interface NewStep {
  secret: string;
  picture: { size: number; path: string };
}

export interface StepSource {
  step(): Promise<Step>;
  enrol(): Promise<NewStep>;
  /** Turns the step on; its recovery codes are shown this once. */
  confirm(code: string): Promise<string[]>;
  renew(): Promise<string[]>;
  remove(): Promise<void>;
  prove(by: { password: string } | { code: string }): Promise<void>;
  /** Proves it by one of the reader's passkeys. */
  proveByPasskey(): Promise<void>;
}

const codesOf = ({ codes }: { codes: string[] }) => codes;

export const stepSource: StepSource = {
  step: () => read<Step>("/me/second-step"),
  enrol: () => command<NewStep>("POST", "/me/second-step"),
  confirm: (code) => command<{ codes: string[] }>("POST", "/me/second-step/confirm", { code }).then(codesOf),
  renew: () => command<{ codes: string[] }>("POST", "/me/second-step/codes").then(codesOf),
  remove: () => command("DELETE", "/me/second-step"),
  prove: (by) => command("POST", "/me/confirm", by),
  proveByPasskey: async () => {
    const request = await command<PasskeyRequest>("POST", "/me/confirm/passkey");
    await command("POST", "/me/confirm", { passkey: await signWithPasskey(request) });
  },
};
