import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A provider (OpenID Connect) on this machine at which somebody is signed in already. */
export interface Provider {
  issuer: string;
  stop(): Promise<void>;
}

export const client = { id: "hiwar", secret: "a secret of the client" };

const text64 = (value: object | string) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** What it says of whoever comes is claims. */
export async function provider(claims: Record<string, unknown>): Promise<Provider> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const given = new Map<string, { challenge: string; token: string }>();
  const json = (response: ServerResponse, status: number, body: object) => {
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify(body));
  };
  let issuer = "";
  const token = (nonce: string) => {
    const now = Math.floor(Date.now() / 1000);
    const body = { iss: issuer, aud: client.id, nonce, iat: now, exp: now + 3600, ...claims };
    const signed = `${text64({ alg: "ES256", kid: "k" })}.${text64(body)}`;
    const signature = sign("sha256", Buffer.from(signed), { key: privateKey, dsaEncoding: "ieee-p1363" });
    return `${signed}.${signature.toString("base64url")}`;
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams: asked } = new URL(request.url ?? "/", issuer);
    if (pathname === "/.well-known/openid-configuration")
      return json(response, 200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
      });
    if (pathname === "/keys")
      return json(response, 200, {
        keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k", alg: "ES256" }],
      });
    if (pathname === "/authorize") {
      const code = randomUUID();
      given.set(code, {
        challenge: asked.get("code_challenge") ?? "",
        token: token(asked.get("nonce") ?? ""),
      });
      const back = new URL(asked.get("redirect_uri") ?? "");
      back.search = new URLSearchParams({ code, state: asked.get("state") ?? "" }).toString();
      response.writeHead(302, { Location: back.href });
      return response.end();
    }
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      const form = new URLSearchParams(body);
      const found = given.get(form.get("code") ?? "");
      const verifier = createHash("sha256")
        .update(form.get("code_verifier") ?? "")
        .digest("base64url");
      const known = Buffer.from(`${client.id}:${encodeURIComponent(client.secret).replaceAll("%20", "+")}`);
      const right = request.headers.authorization === `Basic ${known.toString("base64")}`;
      if (!right || !found || found.challenge !== verifier)
        return json(response, 400, { error: "invalid_grant" });
      json(response, 200, { access_token: "x", token_type: "Bearer", id_token: found.token });
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () =>
    new Promise<void>((ended) => {
      server.closeAllConnections();
      server.close(() => ended());
    });
  return { issuer, stop };
}
