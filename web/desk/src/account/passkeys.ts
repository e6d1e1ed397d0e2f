import { command, read } from "../live/rest";
import type { SignedIn } from "../live/session";
import { makePasskey, signWithPasskey, type PasskeyOffer, type PasskeyRequest } from "./device";

/** A key of one of the reader's devices. */
export interface Passkey {
  id: string;
  name: string;
  created_at: string;
  used_at?: string;
  /** Another device used it too: it lets nobody in any more. */
  copied_at?: string;
}

export interface PasskeyList {
  passkeys: Passkey[];
  max: number;
  /** There is an address that passkeys can be for. */
  possible: boolean;
}

export interface PasskeySource {
  list(): Promise<PasskeyList>;
  /** Has the device make one, and the server keep it. */
  add(name: string): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  remove(id: string): Promise<void>;
}

const at = (id: string) => `/me/passkeys/${encodeURIComponent(id)}`;

export const passkeySource: PasskeySource = {
  list: () => read<PasskeyList>("/me/passkeys"),
  add: async (name) => {
    const made = await makePasskey(await command<PasskeyOffer>("POST", "/me/passkeys/offer"));
    await command("POST", "/me/passkeys", { name, ...made });
  },
  rename: (id, name) => command("PUT", at(id), { name }),
  remove: (id) => command("DELETE", at(id)),
};

/** Signs in by any passkey of this site that the device has. */
export async function enterByPasskey(): Promise<SignedIn> {
  const request = await command<PasskeyRequest>("POST", "/login/passkey/request");
  return command("POST", "/login/passkey", await signWithPasskey(request));
}
