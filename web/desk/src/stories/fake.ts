// A desk without a server: what a person does has the effect it would have, in
// memory.
import { Refusal } from "../../../protocol/src/socket";
import { withThread, type Actions, type DeskState } from "../live/state";
import type { Store } from "../live/store";
import type { Card, Desk } from "../../../protocol/src/types";
import { conversation, layla, omar, past, queues, setup, today, yusuf } from "./cast";
import { fakeWaiting, standing } from "./fakeWaiting";

export function fakeActions(store: Store<DeskState>): Actions {
  const change = (f: (desk: Desk) => Desk) => store.set((s) => (s.desk ? { ...s, desk: f(s.desk) } : s));
  const changeCard = (test: (card: Card) => boolean, f: (card: Card) => Card | undefined) =>
    change((desk) => ({
      ...desk,
      cards: desk.cards.flatMap((card) => (test(card) ? (f(card) ?? []) : [card])),
    }));
  const soon = (ms = 20) => new Promise<void>((done) => setTimeout(done, ms));
  const own = (conversation: string) => (card: Card) =>
    card.conversation === conversation && card.kind === "active";
  const toWrapUp = (card: Card): Card => ({
    ...card,
    kind: "wrapup",
    status: "wrapup",
    wrapup: {
      started_at: new Date().toISOString(),
      required: true,
      reasons: setup.reasons.slice(0, 6).map((r) => r.id),
      cause: "agent",
    },
  });
  return {
    confirm: () => undefined,
    async accept(offer) {
      store.set((s) => ({ ...s, accepting: { ...s.accepting, [offer]: Date.now() } }));
      await soon(400);
      changeCard(
        (card) => card.offer === offer,
        ({ offer: _, deadline: __, request_kind: ___, ...card }) => ({
          ...card,
          key: `part/${100 + offer}`,
          part: 100 + offer,
          kind: "active",
          status: "active",
          role: "owner",
          agents: [{ ...omar, role: "owner" }],
        }),
      );
    },
    async decline(offer, reason) {
      await soon();
      const card = store.get().desk?.cards.find((c) => c.offer === offer);
      changeCard(
        (c) => c.offer === offer,
        () => undefined,
      );
      if (card) store.set((s) => ({ ...s, departed: [...s.departed, { card, how: "declined" }] }));
      await this.setPresence("idle", reason);
    },
    async setPresence(presence, reason) {
      await soon();
      change((desk) => ({
        ...desk,
        agent: {
          ...desk.agent,
          presence,
          since: new Date().toISOString(),
          ...(reason ? { idle_reason: reason } : {}),
        },
      }));
    },
    signOut: () => Promise.reject(new Refusal("sign_out_open_work")),
    send: (conversation, text, files = []) =>
      store.set((s) =>
        withThread(s, conversation, (t) => ({
          ...t,
          outgoing: [
            ...t.outgoing,
            {
              clientId: crypto.randomUUID(),
              text,
              at: Date.now(),
              mark: "sending",
              ...(files.length > 0 ? { attachments: files.map((f) => ({ ...f, sent: 0.4 })) } : {}),
            },
          ],
        })),
      ),
    files: () =>
      Promise.resolve({
        keep: ({ name, type, size }) => Promise.resolve({ key: name, name, type, size }),
        bytes: () => Promise.resolve(undefined),
        forget: () => undefined,
        cancel: () => undefined,
      }),
    attachmentRules: () =>
      Promise.resolve({ kinds: ["png", "jpg", "pdf", "txt"], max_bytes: 25 << 20, max_files: 10 }),
    fileAddress: () => "/app/desk/icon.svg",
    note: (conversation, text) =>
      store.set((s) =>
        withThread(s, conversation, (t) => ({
          ...t,
          outgoing: [
            ...t.outgoing,
            { clientId: crypto.randomUUID(), text, at: Date.now(), mark: "sending", note: true },
          ],
        })),
      ),
    retry: () => undefined,
    discard: (conversation, clientId) =>
      store.set((s) =>
        withThread(s, conversation, (t) => ({
          ...t,
          outgoing: t.outgoing.filter((m) => m.clientId !== clientId),
        })),
      ),
    typing: () => undefined,
    seen: () => undefined,
    older: () => Promise.resolve(),
    reload: () => undefined,
    async targets() {
      await soon();
      return {
        at: new Date().toISOString(),
        queues: [
          { ...queues.sales, waiting: 0, available: 1, current: true },
          { ...queues.billing, waiting: 2, available: 4, current: false },
          { ...queues.support, waiting: 11, available: 0, current: false },
        ],
        agents: [
          { ...layla, occupied: 2, capacity: 5, on_unanswered: "requeue" },
          { user: "usr_ahmad", name: "أحمد الزهراني", occupied: 0, capacity: 3, on_unanswered: "return" },
          { user: "usr_nora", name: "Nora Haddad", occupied: 1, capacity: 3, on_unanswered: "close" },
        ],
      };
    },
    async transfer(conversation, to) {
      await soon();
      if (to.agent === "usr_nora")
        throw new Refusal("invalid_target", { reason: "not_available", target: "Nora Haddad" });
      changeCard(own(conversation), (card) => ({ ...toWrapUp(card), pending: { kind: "transfer" } }));
    },
    async invite(conversation) {
      await soon();
      changeCard(own(conversation), (card) => ({
        ...card,
        status: "conference_requested",
        pending: { kind: "conference", agent: layla.name },
      }));
    },
    async cancelRequest(conversation) {
      await soon();
      changeCard(own(conversation), ({ pending: _, ...card }) => ({ ...card, status: "active" }));
    },
    handOver: (conversation) => soon().then(() => changeCard(own(conversation), toWrapUp)),
    leave: (conversation) => soon().then(() => changeCard(own(conversation), toWrapUp)),
    removeGuest: (conversation) =>
      soon().then(() =>
        changeCard(own(conversation), (card) => ({
          ...card,
          status: "active",
          agents: card.agents.slice(0, 1),
        })),
      ),
    end: (conversation) => soon().then(() => changeCard(own(conversation), toWrapUp)),
    submitWrapUp: (part) =>
      soon().then(() =>
        changeCard(
          (card) => card.part === part,
          () => undefined,
        ),
      ),
    stopWrapUpTimer: () => Promise.resolve(),
    extendWrapUp: () => Promise.resolve(),
    history: () => Promise.resolve(past),
    past: (_, id) => Promise.resolve({ ...conversation(yusuf), id, status: "closed" }),
    today: () => Promise.resolve(today),
    waiting: fakeWaiting.waiting,
    pick: () => Promise.resolve(),
    explain: fakeWaiting.explain,
    explainOffer: fakeWaiting.explainOffer,
    standing: () => Promise.resolve(standing()),
    reconnect: () => undefined,
  };
}
