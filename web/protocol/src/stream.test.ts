import { expect, it } from "vitest";
import { openStream, type Events } from "./stream";

/** An EventSource and a server that are written down. */
function world() {
  const listeners = new Map<string, ((e: { data?: unknown }) => void)[]>();
  const posts: { url: string; body: string; take: (taken: boolean) => void }[] = [];
  let closed = 0;
  let opened = "";
  const events: Events = {
    addEventListener: (kind, call) => listeners.set(kind, [...(listeners.get(kind) ?? []), call]),
    close: () => closed++,
  };
  const wire = openStream("wss://chat.example/api/v1/socket?lang=ar", {
    events: (url) => {
      opened = url;
      return events;
    },
    post: (url, body) => new Promise((take) => posts.push({ url, body, take })),
  });
  const heard: unknown[] = [];
  const ends: number[] = [];
  let begun = 0;
  wire.onopen = () => begun++;
  wire.onmessage = (e) => heard.push(e.data);
  wire.onclose = (e) => ends.push(e.code);
  const fire = (kind: string, data?: string) => {
    for (const call of listeners.get(kind) ?? []) call({ data });
  };
  return {
    wire,
    fire,
    posts,
    heard,
    ends,
    opened: () => opened,
    closed: () => closed,
    begun: () => begun,
  };
}
/** Everything that was ready to go on has. */
const soon = async () => {
  for (let n = 0; n < 10; n++) await Promise.resolve();
};

it("says one frame after the other, to the stream that was opened", async () => {
  const w = world();
  expect(w.opened()).toBe("https://chat.example/api/v1/streams?lang=ar");
  w.fire("stream", '{"stream":"SECRET"}');
  expect(w.begun()).toBe(1);
  w.wire.send("a");
  w.wire.send("b");
  expect(w.posts.map((p) => p.body)).toEqual(["a"]);
  expect(w.posts[0]?.url).toBe("https://chat.example/api/v1/streams/SECRET?lang=ar");
  w.posts[0]?.take(true);
  await soon();
  expect(w.posts.map((p) => p.body)).toEqual(["a", "b"]);
});

it("hands on what it hears, and answers a ping beside what waits", async () => {
  const w = world();
  w.fire("stream", '{"stream":"S"}');
  w.wire.send("waits for the disk");
  w.fire("message", '{"type":"welcome"}');
  w.fire("ping", "{}");
  await soon();
  expect(w.heard).toEqual(['{"type":"welcome"}']);
  expect(w.posts.map((p) => p.body)).toEqual(["waits for the disk", ""]);
});

it("ends once, with the server's code or as a broken connection", async () => {
  const said = world();
  said.fire("close", '{"code":4408,"reason":"slow_consumer"}');
  said.fire("error");
  expect(said.ends).toEqual([4408]);
  expect(said.closed()).toBe(1);

  const cut = world();
  cut.fire("error");
  expect(cut.ends).toEqual([1006]);

  const refused = world();
  refused.fire("stream", '{"stream":"S"}');
  refused.wire.send("a");
  refused.wire.send("b");
  refused.posts[0]?.take(false);
  await soon();
  expect(refused.ends).toEqual([1006]);
  expect(refused.posts).toHaveLength(1); // what was not taken is not followed by the next
});

it("says nothing more once it was closed by us", async () => {
  const w = world();
  w.fire("stream", '{"stream":"S"}');
  w.wire.close();
  w.fire("message", "late");
  w.fire("error");
  await soon();
  expect(w.heard).toEqual([]);
  expect(w.ends).toEqual([]);
});
