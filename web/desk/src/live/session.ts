// Who is signed in, asked once when the desk opens, and what the organization
// set up.
import type { Template } from "../../../protocol/src/types";
import { Refusal } from "../../../protocol/src/socket";
import { command, read } from "./rest";
import type { Me, Reason, Setup } from "./state";

interface MeAnswer {
  user: string;
  name: string;
  email: string;
  permissions: string[];
}

interface SettingsAnswer {
  time_zone: string;
  hour_cycle: number;
  digits: "latn" | "arab";
  grace_ms: number;
  reply_target_ms: number;
  allow_decline: boolean;
  allow_reserved: boolean;
  picks: boolean;
  reasons: Reason[];
  templates: Template[];
}

export async function openSession(): Promise<{ me: Me; setup: Setup }> {
  const [me, setup] = await Promise.all([read<MeAnswer>("/me"), readSetup()]);
  return { me, setup };
}

/** What the organization has set up now. */
export async function readSetup(): Promise<Setup> {
  const settings = await read<SettingsAnswer>("/desk/settings");
  return {
    timeZone: settings.time_zone,
    hourCycle: settings.hour_cycle === 12 ? 12 : 24,
    digits: settings.digits,
    graceMs: settings.grace_ms,
    replyTargetMs: settings.reply_target_ms,
    allowDecline: settings.allow_decline,
    allowReserved: settings.allow_reserved,
    picks: settings.picks,
    reasons: settings.reasons,
    templates: settings.templates,
  };
}

export interface SignedIn {
  /** The step with which the first run goes on, for who has to. */
  setup?: string;
  /** The organization wants a second step; nothing else is done before. */
  step_missing?: boolean;
}

/** Whether signing in is the answer: the session has ended, or is good for setting a second step up alone. */
export const wantsSignIn = (error: unknown): boolean =>
  error instanceof Refusal && /^(token_|second_step_missing$)/.test(error.code);

/** Signs in; refused with second_step_needed where a code has to come with the password. */
export const login = (email: string, password: string, code?: string): Promise<SignedIn> =>
  command("POST", "/login", { email, password, ...(code === undefined ? {} : { code }) });

export const logout = (): Promise<void> => command("POST", "/logout");
