import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Chat, Events } from "../module/hiwar";
import { subject } from "./identity";

type Sign = (kid: string, secret: string, audience: string, sub: string, name: string, now: number) => string;

// What the guide tells integrators to write is run as it stands there; what is
// checked of a token is what the server's own tests accept.
test("the guide's example signs who a visitor is", async () => {
  const guide = readFileSync(new URL("../../../docs/guide/identity.md", import.meta.url), "utf8");
  const code = guide.split("```js\n")[1]?.split("```")[0] ?? "";
  const address = `data:text/javascript,${encodeURIComponent(code)}`;
  const { identityToken } = (await import(/* @vite-ignore */ address)) as { identityToken: Sign };
  const token = identityToken("key_1", "secret", "shop", "عميل-17", "سارة", 1_000_500);
  const [header = "", claims = "", signature] = token.split(".");
  const read = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString()) as unknown;
  expect(read(header)).toEqual({ alg: "HS256", typ: "JWT", kid: "key_1" });
  expect(read(claims)).toEqual({ aud: "shop", sub: "عميل-17", name: "سارة", iat: 1000, exp: 1300 });
  expect(signature).toBe(createHmac("sha256", "secret").update(`${header}.${claims}`).digest("base64url"));
  expect(subject(token)).toBe("عميل-17");
});

test("the guide names every call and every event", () => {
  const guide = readFileSync(new URL("../../../docs/guide/widget.md", import.meta.url), "utf8");
  const calls: Record<keyof Chat, 1> = {
    open: 1,
    close: 1,
    toggle: 1,
    show: 1,
    hide: 1,
    setLocale: 1,
    setAttributes: 1,
    startChat: 1,
    identify: 1,
    logout: 1,
    on: 1,
    off: 1,
  };
  for (const call of Object.keys(calls)) expect(guide).toContain(`| \`hiwar("${call}"`);
  const events: Record<keyof Events, 1> = {
    ready: 1,
    open: 1,
    close: 1,
    message: 1,
    unread: 1,
    status: 1,
    queue: 1,
    ended: 1,
    identity: 1,
  };
  const table = guide.slice(guide.indexOf("| event |"));
  for (const event of Object.keys(events)) expect(table).toContain(`\`${event}\``);
});
