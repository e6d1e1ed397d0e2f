// What the browser asks its user's device about passkeys. Bytes travel as
// base64url; a device that does not go on rejects with a DOMException.
import type { useWords } from "./words";
import { problemText } from "../parts/problems";

/** What a device is asked to sign. */
export interface PasskeyRequest {
  challenge: string;
  rp_id: string;
  credentials: string[];
}

/** What a device makes a passkey of. */
export interface PasskeyOffer extends PasskeyRequest {
  user_handle: string;
  email: string;
  name: string;
  algorithms: number[];
}

export interface MadePasskey {
  credential: string;
  client_data: string;
  attestation: string;
}

export interface PasskeyAnswer {
  credential: string;
  client_data: string;
  authenticator_data: string;
  signature: string;
  user_handle?: string;
}

const patience = 5 * 60_000;

/** Whether there can be passkeys here: they are for a name, never for an address of the network. */
export const canPasskey = (): boolean =>
  "PublicKeyCredential" in window && !/^[\d.]+$|^\[/.test(location.hostname);

export async function makePasskey(offer: PasskeyOffer): Promise<MadePasskey> {
  const made = (await navigator.credentials.create({
    publicKey: {
      rp: { id: offer.rp_id, name: "Hiwar" },
      user: { id: bytes(offer.user_handle), name: offer.email, displayName: offer.name },
      challenge: bytes(offer.challenge),
      pubKeyCredParams: offer.algorithms.map((alg) => ({ type: "public-key", alg })),
      excludeCredentials: offer.credentials.map(named),
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      attestation: "none",
      timeout: patience,
    },
  })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    credential: made.id,
    client_data: text(response.clientDataJSON),
    attestation: text(response.attestationObject),
  };
}

export async function signWithPasskey(request: PasskeyRequest): Promise<PasskeyAnswer> {
  const signed = (await navigator.credentials.get({
    publicKey: {
      rpId: request.rp_id,
      challenge: bytes(request.challenge),
      allowCredentials: request.credentials.map(named),
      userVerification: "required",
      timeout: patience,
    },
  })) as PublicKeyCredential;
  const response = signed.response as AuthenticatorAssertionResponse;
  return {
    credential: signed.id,
    client_data: text(response.clientDataJSON),
    authenticator_data: text(response.authenticatorData),
    signature: text(response.signature),
    ...(response.userHandle ? { user_handle: text(response.userHandle) } : {}),
  };
}

/** Why there is no passkey: what the device, or the server, said. */
export function passkeyText(error: unknown, t: ReturnType<typeof useWords>["t"]): string {
  if (!(error instanceof DOMException)) return problemText(error, t);
  if (error.name === "InvalidStateError") return t.accountPasskeysHere();
  return error.name === "SecurityError" ? t.accountPasskeysUnsupported() : t.accountPasskeysStopped();
}

const named = (credential: string): PublicKeyCredentialDescriptor => ({
  type: "public-key",
  id: bytes(credential),
});

const bytes = (encoded: string) =>
  Uint8Array.from(atob(encoded.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const text = (buffer: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
