// @vitest-environment jsdom
import { afterEach, expect, it, vi } from "vitest";
import { Refusal } from "../../../protocol/src/socket";
import { askForProofBy } from "./proof";
import { command } from "./rest";

afterEach(() => {
  askForProofBy(undefined);
  vi.unstubAllGlobals();
});

/** A server that wants proof until it was given. */
function server() {
  const ids: (string | null)[] = [];
  const at = { proven: false, ids };
  vi.stubGlobal("fetch", (_: string, { headers }: { headers: Record<string, string> }) => {
    ids.push(headers["Idempotency-Key"] ?? null);
    const refused = JSON.stringify({ code: "proof_needed" });
    return Promise.resolve(at.proven ? new Response("{}") : new Response(refused, { status: 403 }));
  });
  return at;
}

it("what wants proof is done once it was given, as the same command", async () => {
  const at = server();
  const ask = vi.fn(() => {
    at.proven = true;
    return Promise.resolve(true);
  });
  askForProofBy(ask);
  await command("POST", "/users/usr_1/invitation");
  expect(ask).toHaveBeenCalledTimes(1);
  expect(at.ids).toHaveLength(2);
  expect(at.ids[0]).toBe(at.ids[1]);
});

it("two acts at once ask once", async () => {
  const at = server();
  const ask = vi.fn(() => Promise.resolve().then(() => (at.proven = true)));
  askForProofBy(ask);
  await Promise.all([command("DELETE", "/a"), command("DELETE", "/b")]);
  expect(ask).toHaveBeenCalledTimes(1);
});

it("without proof it stays refused", async () => {
  server();
  askForProofBy(() => Promise.resolve(false));
  await expect(command("POST", "/users/usr_1/invitation")).rejects.toEqual(new Refusal("proof_needed"));
  askForProofBy(undefined);
  await expect(command("POST", "/users/usr_1/invitation")).rejects.toEqual(new Refusal("proof_needed"));
});
