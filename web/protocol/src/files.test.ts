import { afterEach, describe, expect, it, vi } from "vitest";
import { acceptOf, allowed, Files, type Shelf } from "./files";
import { fileSize, inShort, nameParts } from "./filename";
import { Outbox, type OutFile, type Outgoing, type OutStorage } from "./outbox";

const rules = { kinds: ["png", "jpg", "pdf"], max_bytes: 1 << 20, max_files: 2 };
const file = (name: string, size = 3) => new File(["x".repeat(size)], name);

describe("what may be taken", () => {
  it.each([
    ["a.pdf", 3, 0, undefined],
    ["a.JPEG", 3, 0, undefined],
    ["a.gif", 3, 0, undefined], // the server makes of an image what it is
    ["a.svg", 3, 0, "file_type_not_allowed"],
    ["pdf", 3, 0, "file_type_not_allowed"],
    ["a.pdf", 0, 0, "file_empty"],
    ["a.pdf", (1 << 20) + 1, 0, "file_too_large"],
    ["a.pdf", 3, 2, "too_many_files"],
  ])("%s of %d bytes after %d others: %s", (name, size, already, code) => {
    const { taken, refused } = allowed([file(name, size)], rules, already);
    expect([taken.length, refused?.code]).toEqual([code ? 0 : 1, code]);
  });

  it("takes those it may and names why not the first of the others", () => {
    const { taken, refused } = allowed(
      [file("a.svg"), file("b.png"), file("c.pdf"), file("d.pdf")],
      rules,
      0,
    );
    expect(taken.map((f) => f.name)).toEqual(["b.png", "c.pdf"]);
    expect(refused?.params).toEqual({ types: "PNG, JPG, PDF" });
    expect(acceptOf(rules)).toBe(".png,.jpg,.pdf,.jpeg");
  });
});

it("says names and sizes as people read them", () => {
  expect(nameParts("a long name.pdf")).toEqual({ dir: "ltr", start: "a long name", dot: ".", end: "pdf" });
  expect(nameParts("no ending")).toEqual({ dir: "ltr", start: "no ending", dot: "", end: "" });
  expect(nameParts("فاتورة-1200-AB-7.pdf")).toEqual({
    dir: "rtl",
    start: "فاتورة-1200-AB-7",
    dot: ".",
    end: "pdf",
  });
  expect([fileSize(900, "en"), fileSize(320_000, "en"), fileSize(2_500_000, "en")]).toEqual([
    "1 kB",
    "313 kB",
    "2.4 MB",
  ]);
  expect(fileSize(2_500_000, "ar-u-nu-arab")).toContain("٢٫٤");
  expect([
    inShort({ text: "hi", attachments: [{ name: "a" }] }),
    inShort({ attachments: [{ name: "a" }, { name: "b" }] }),
    inShort({}),
  ]).toEqual(["hi", "a, b", ""]);
});

/** A request that ends as told. */
class FakeRequest {
  static all: FakeRequest[] = [];
  upload: { onprogress?: (e: { loaded: number; total: number }) => void } = {};
  headers: Record<string, string> = {};
  url = "";
  status = 0;
  responseText = "";
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  constructor() {
    FakeRequest.all.push(this);
  }
  open(_: string, url: string) {
    this.url = url;
  }
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }
  send() {}
  abort() {
    this.onabort?.();
  }
  answer(status: number, body: object) {
    this.status = status;
    this.responseText = JSON.stringify(body);
    this.onload?.();
  }
}

function memory(): Shelf {
  const kept = new Map<string, Blob>();
  return {
    put: (key, bytes) => Promise.resolve(void kept.set(key, bytes)),
    get: (key) => Promise.resolve(kept.get(key)),
    remove: (key) => Promise.resolve(void kept.delete(key)),
  };
}

function storage(kept: Outgoing[] = []): OutStorage {
  return { load: () => kept, save: () => undefined, remove: () => undefined, watch: () => undefined };
}

/** An outbox whose messages carry files. */
function world(kept: Outgoing[] = []) {
  FakeRequest.all = [];
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  const sent: (string[] | undefined)[] = [];
  const outbox: Outbox = new Outbox({
    send: async (m) => {
      sent.push(m.attachments && (await files.send(m)));
      return { seq: 1 };
    },
    storage: storage(kept),
    onGone: (m) => files.forget(m.attachments),
  });
  const files = new Files({
    url: (c) => `/${c}/attachments`,
    headers: () => ({ Authorization: "Bearer t" }),
    onProgress: () => undefined,
    onUploaded: (message, key, id) => outbox.uploaded(message, key, id),
    onBusy: (message) => outbox.stillSending(message),
    shelf: memory(),
  });
  return { outbox, files, sent };
}

const request = async (n = 0): Promise<FakeRequest> =>
  vi.waitFor(() => FakeRequest.all[n] ?? Promise.reject(new Error("nothing is asked")));

const only = (outbox: Outbox): Outgoing | undefined => outbox.list("conv_1")[0];

describe("files of a message", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("go before it, one after the other, under their own keys", async () => {
    const { outbox, files, sent } = world();
    const two = [await files.keep(file("صورة.png")), await files.keep(file("b.pdf"))];
    outbox.add("conv_1", "", { attachments: two });
    outbox.setOnline(true);
    const first = await request();
    expect([first.url, first.headers["Idempotency-Key"], first.headers["X-File-Name"]]).toEqual([
      "/conv_1/attachments",
      two[0]?.key,
      encodeURIComponent("صورة.png"),
    ]);
    first.upload.onprogress?.({ loaded: 1, total: 4 });
    expect(files.sent(two[0] as OutFile)).toBe(0.25);
    first.answer(201, { id: "att_1" });
    (await request(1)).answer(201, { id: "att_2" });
    await vi.waitFor(() => expect(sent).toEqual([["att_1", "att_2"]]));
    expect(only(outbox)?.attachments?.map((f) => f.id)).toEqual(["att_1", "att_2"]);
  });

  it("are not sent again where the server has them, and are lost if this device has not kept them", async () => {
    const kept: Outgoing = {
      id: "m",
      conversation: "conv_1",
      text: "",
      at: Date.now(),
      order: 1,
      state: "sending",
      attachments: [{ key: "k", id: "att_1", name: "a.png", type: "", size: 1 }],
    };
    const { outbox, sent } = world([kept]);
    outbox.setOnline(true);
    await vi.waitFor(() => expect(sent).toEqual([["att_1"]]));
    expect(FakeRequest.all).toEqual([]);
    const lost = world([{ ...kept, attachments: [{ key: "k", name: "a.png", type: "", size: 1 }] }]);
    lost.outbox.setOnline(true);
    await vi.waitFor(() => expect(only(lost.outbox)?.code).toBe("file_lost"));
  });

  it("fail as the server says, and are tried again", async () => {
    const { outbox, files, sent } = world();
    outbox.setOnline(true);
    const m = outbox.add("conv_1", "see", { attachments: [await files.keep(file("a.png"))] });
    (await request()).answer(415, { code: "content_mismatch", params: { ext: ".png" } });
    await vi.waitFor(() =>
      expect(only(outbox)).toMatchObject({
        state: "failed",
        code: "content_mismatch",
        params: { ext: ".png" },
      }),
    );
    outbox.retry(m.id);
    (await request(1)).answer(201, { id: "att_1" });
    await vi.waitFor(() => expect(sent).toEqual([["att_1"]]));
  });

  it("can be stopped: the message is forgotten, and what follows goes", async () => {
    const { outbox, files, sent } = world();
    outbox.setOnline(true);
    const m = outbox.add("conv_1", "", { attachments: [await files.keep(file("a.png"))] });
    outbox.add("conv_1", "words");
    await request();
    files.cancel(m.id);
    await vi.waitFor(() => expect(sent).toEqual([undefined]));
    expect(outbox.list("conv_1").map((x) => x.text)).toEqual(["words"]);
  });

  it("wait where there is no line", async () => {
    const { outbox, files } = world();
    outbox.setOnline(true);
    outbox.add("conv_1", "", { attachments: [await files.keep(file("a.png"))] });
    (await request()).onerror?.();
    await vi.waitFor(() => expect(only(outbox)?.state).toBe("queued"));
  });
});
