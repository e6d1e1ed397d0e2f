import { command, read } from "../live/rest";

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
