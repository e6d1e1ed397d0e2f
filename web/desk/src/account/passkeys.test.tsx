// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../../../protocol/src/socket";
import { state } from "../stories/cast";
import { fakePasskeys, fakeStep } from "../stories/fakeAccount";
import { click, mount, type, type Mounted } from "../stories/mount";
import { makePasskey, signWithPasskey, type PasskeyAnswer } from "./device";
import { PasskeyEntry } from "./PasskeyEntry";
import { PasskeySettings } from "./PasskeySettings";
import type { Passkey, PasskeySource } from "./passkeys";
import { ProofDialog } from "./ProofDialog";
import { EnrolPage, StepPage, type Needed } from "./SecondStep";

let page: Mounted | undefined;
afterEach(() => {
  page?.unmount();
  page = undefined;
});

const settle = () => act(() => Promise.resolve());
async function show(what: React.ReactElement, lang: "en" | "ar" = "en") {
  page = mount(what, { state: state([], {}), lang });
  await settle();
}
const button = (name: string) =>
  [...document.querySelectorAll("button")].find(
    (one) => (one.getAttribute("aria-label") ?? one.textContent) === name,
  ) as HTMLButtonElement;
const press = async (name: string) => {
  await act(async () => click(button(name)));
  await settle();
};
const said = () => document.body.textContent ?? "";
const nameIt = (name: string) => type(document.querySelector("form input") as HTMLInputElement, name);
const alert = () => document.querySelector("form [role=alert], section [role=alert]")?.textContent;
const stopped = () => Promise.reject(new DOMException("no finger", "NotAllowedError"));

const phone: Passkey = { id: "pky_1", name: "هاتف", created_at: "2026-11-01T09:00:00Z" };
const key: Passkey = {
  ...phone,
  id: "pky_2",
  name: "Security key",
  copied_at: "2026-11-20T09:00:00Z",
};

describe("one's passkeys", () => {
  const list = (source: PasskeySource, possible = true) =>
    show(<PasskeySettings source={source} possible={possible} />);

  it("are added by name, called something else, and removed", async () => {
    const source = fakePasskeys([phone]);
    const add = vi.spyOn(source, "add");
    await list(source);
    await press("Add a passkey");
    const box = () => document.querySelector("form input") as HTMLInputElement;
    type(box(), " ");
    await press("Create");
    expect(add).not.toHaveBeenCalled();
    expect(box().getAttribute("aria-invalid")).toBe("true");
    type(box(), "Laptop");
    await press("Create");
    expect(add).toHaveBeenCalledWith("Laptop");
    expect(button("Create")).toBeUndefined();
    await press("Rename Laptop");
    type(box(), "Work laptop");
    await press("Save");
    expect(said()).toContain("Work laptop");
    await press("Remove هاتف");
    expect(said()).not.toContain("هاتف");
  });

  it("say which was copied, and are ten at most", async () => {
    await list(fakePasskeys([phone, key], 2));
    expect(said()).toContain("lets nobody in any more");
    expect(button("Add a passkey").getAttribute("aria-disabled")).toBe("true");
    expect(said()).toContain("An account has at most 2 passkeys");
  });

  it("are not offered where the browser has none", async () => {
    await list(fakePasskeys([phone]), false);
    expect(button("Add a passkey")).toBeUndefined();
    expect(said()).toContain("Passkeys need another browser");
  });

  it.each([
    ["The device did not confirm", "NotAllowedError"],
    ["This device already has a passkey", "InvalidStateError"],
    ["Passkeys need another browser", "SecurityError"],
  ])("say %s", async (text, name) => {
    const source = fakePasskeys();
    source.add = () => Promise.reject(new DOMException("", name));
    await list(source);
    await press("Add a passkey");
    nameIt("Laptop");
    await press("Create");
    expect(alert()).toContain(text);
    expect(button("Create").getAttribute("aria-disabled")).toBeNull();
  });

  it("cannot lose the last one where a second step is wanted", async () => {
    const source = fakePasskeys([phone]);
    source.remove = () => Promise.reject(new Refusal("second_step_missing", { reason: "last" }));
    await list(source);
    await press("Remove هاتف");
    expect(alert()).toContain("Set up another way first");
  });
});

describe("a passkey on the sign-in page", () => {
  it("signs in, and says what was refused", async () => {
    const arrived = vi.fn();
    const enter = vi
      .fn()
      .mockRejectedValueOnce(new Refusal("login_failed", { reason: "passkey" }))
      .mockResolvedValueOnce({});
    await show(<PasskeyEntry onArrived={arrived} enter={enter} possible />);
    await press("Sign in with a passkey");
    expect(said()).toContain("The passkey was not accepted");
    await press("Sign in with a passkey");
    expect(arrived).toHaveBeenCalledTimes(1);
    expect(said()).not.toContain("not accepted");
  });

  it("is not there where the browser has none", async () => {
    await show(<PasskeyEntry onArrived={vi.fn()} possible={false} />);
    expect(document.querySelector("button")).toBeNull();
  });
});

describe("the second step", () => {
  const request = { challenge: "AAAA", rp_id: "chat.example.org", credentials: ["BBBB"] };
  const answer: PasskeyAnswer = {
    credential: "BBBB",
    client_data: "C",
    authenticator_data: "D",
    signature: "E",
  };
  const shown = vi.fn(() => Promise.resolve());
  const sign = vi.fn(() => Promise.resolve(answer));
  const ask = (needed: Needed, possible = true) =>
    show(<StepPage needed={needed} onShown={shown} sign={sign} possible={possible} />);
  beforeEach(() => shown.mockClear());

  it("is the code or a passkey, where there are both", async () => {
    await ask({ code: true, passkey: request });
    await press("Use a passkey");
    expect(sign).toHaveBeenCalledWith(request);
    expect(shown).toHaveBeenCalledWith({ passkey: answer });
    expect(document.querySelector("input[autocomplete=one-time-code]")).not.toBeNull();
  });

  it("is the passkey alone where there is no authenticator, or the code alone", async () => {
    await ask({ code: false, passkey: request });
    expect(document.querySelector("input")).toBeNull();
    page?.unmount();
    await ask({ code: true });
    expect(button("Use a passkey")).toBeUndefined();
    type(document.querySelector("input") as HTMLInputElement, "123456");
    await press("Sign in");
    expect(shown).toHaveBeenCalledWith({ code: "123456" });
  });

  it("says that the device did not go on", async () => {
    sign.mockImplementationOnce(stopped);
    await ask({ code: false, passkey: request });
    await press("Use a passkey");
    expect(said()).toContain("The device did not confirm");
    expect(shown).not.toHaveBeenCalled();
  });

  it("may be a passkey where one has to be set up", async () => {
    const done = vi.fn();
    await show(<EnrolPage source={fakeStep()} passkeys={fakePasskeys()} onDone={done} possible />);
    await press("Add a passkey instead");
    nameIt("Laptop");
    await press("Create");
    expect(done).toHaveBeenCalledTimes(1);
  });
});

describe("proof by a passkey", () => {
  const closed = vi.fn();
  const ask = async (passkeys: number, source = fakeStep({ passkeys })) => {
    closed.mockClear();
    await show(<ProofDialog source={source} onClose={closed} possible />);
  };

  it("is offered to who has one", async () => {
    await ask(1);
    await press("Use a passkey");
    expect(closed).toHaveBeenCalledWith(true);
    page?.unmount();
    await ask(0);
    expect(button("Use a passkey")).toBeUndefined();
  });

  it("leaves the password where the device did not go on", async () => {
    const source = fakeStep({ passkeys: 1 });
    source.proveByPasskey = stopped;
    await ask(1, source);
    await press("Use a passkey");
    expect(said()).toContain("The device did not confirm");
    expect(closed).not.toHaveBeenCalled();
  });
});

describe("a device", () => {
  const buffer = (...bytes: number[]) => new Uint8Array(bytes).buffer;
  const credentials = { create: vi.fn(), get: vi.fn() };
  beforeEach(() =>
    Object.defineProperty(navigator, "credentials", { value: credentials, configurable: true }),
  );

  it("is asked for a passkey of this site that it must unlock, and for no other", async () => {
    credentials.create.mockResolvedValueOnce({
      id: "-_8",
      response: { clientDataJSON: buffer(251, 255), attestationObject: buffer(1) },
    });
    const offer = { challenge: "-_8", rp_id: "chat.example.org", credentials: ["AQ"], user_handle: "Ag" };
    const made = await makePasskey({
      ...offer,
      email: "huda@example.org",
      name: "Huda",
      algorithms: [-8, -7],
    });
    expect(made).toEqual({ credential: "-_8", client_data: "-_8", attestation: "AQ" });
    const { publicKey } = credentials.create.mock.calls[0]?.[0] as CredentialCreationOptions;
    expect(publicKey).toMatchObject({
      rp: { id: "chat.example.org" },
      challenge: new Uint8Array([251, 255]),
      excludeCredentials: [{ id: new Uint8Array([1]) }],
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      attestation: "none",
    });
  });

  it("signs for this site after it was unlocked", async () => {
    credentials.get.mockResolvedValueOnce({
      id: "AQ",
      response: {
        clientDataJSON: buffer(1),
        authenticatorData: buffer(2),
        signature: buffer(3),
        userHandle: null,
      },
    });
    const signed = await signWithPasskey({ challenge: "AA", rp_id: "chat.example.org", credentials: [] });
    expect(signed).toEqual({
      credential: "AQ",
      client_data: "AQ",
      authenticator_data: "Ag",
      signature: "Aw",
    });
    const { publicKey } = credentials.get.mock.calls[0]?.[0] as CredentialRequestOptions;
    expect(publicKey).toMatchObject({ rpId: "chat.example.org", userVerification: "required" });
  });
});
