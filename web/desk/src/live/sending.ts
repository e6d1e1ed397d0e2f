// What is written here on its way to the server: kept until the server has it,
// and shown in its thread meanwhile.
import type { Files } from "../../../protocol/src/files";
import { localOutbox, Outbox, type OutFile, type Outgoing as Sent } from "../../../protocol/src/outbox";
import type { Socket } from "../../../protocol/src/socket";
import { persistently } from "../../../ui/src/later";
import { serverNow } from "../../../ui/src/now";
import type { Outgoing } from "../model/thread";
import { withThread, type DeskState } from "./state";
import type { Store } from "./store";

export class Sending {
  readonly outbox: Outbox;
  private filesFetched: Promise<Files> | undefined;
  /** How much of a file is sent. */
  private sent = (file: OutFile): number => (file.id ? 1 : 0);

  /** accepted resolves once the conversation is one's own, where Accept is under way. */
  constructor(
    private readonly store: Store<DeskState>,
    socket: Socket,
    user: string,
    accepted: (conversation: string) => Promise<void> | undefined,
  ) {
    this.outbox = new Outbox({
      // What is written before the server has confirmed Accept waits for it.
      send: async (m) => {
        await accepted(m.conversation);
        const attachments = m.attachments && { attachments: await (await this.files()).send(m) };
        return socket.command(
          { type: m.note ? "note" : "send", conversation: m.conversation, text: m.text, ...attachments },
          m.id,
        );
      },
      storage: localOutbox(`hiwar.out.${user}.`),
      onChange: (conversation) => this.show(conversation),
      onGone: (m) => m.attachments && void this.files().then((files) => files.forget(m.attachments)),
    });
  }

  /** Few messages carry files: what sends them is fetched with the first. */
  files(): Promise<Files> {
    this.filesFetched ??= persistently(() => import("./files")).then(({ makeFiles }) =>
      makeFiles(this.outbox, (conversation) => {
        this.show(conversation);
      }),
    );
    void this.filesFetched.then((files) => (this.sent = (file) => files.sent(file)));
    return this.filesFetched;
  }

  /** Shows in its thread what is on its way. */
  show(conversation: string): void {
    const online = this.store.get().link.state === "online";
    const outgoing = this.outbox.list(conversation).map((m) => shown(m, online, this.sent));
    this.store.set((s) => withThread(s, conversation, (thread) => ({ ...thread, outgoing })));
  }

  /**
   * Resolves once nothing of the conversation is on its way: what was written
   * before one's part ends would be refused after it. Without a connection there
   * is nothing to wait for.
   */
  said(conversation: string): Promise<void> {
    const done = () => {
      const { link, threads } = this.store.get();
      const under = threads[conversation]?.outgoing.some((message) => message.mark !== "failed");
      return link.state !== "online" || !under;
    };
    if (done()) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = this.store.subscribe(() => {
        if (!done()) return;
        stop();
        resolve();
      });
    });
  }
}

function shown(message: Sent, online: boolean, sent: (file: OutFile) => number): Outgoing {
  const { id, text, state } = message;
  // Shown among what the server has dated, whatever this computer takes the time to be.
  const at = message.at - Date.now() + serverNow();
  const mark = state === "failed" ? "failed" : state === "queued" && !online ? "waiting" : "sending";
  const problem = message.code
    ? { code: message.code, ...(message.params ? { params: message.params } : {}) }
    : undefined;
  return {
    clientId: id,
    text,
    at,
    mark,
    ...(message.note ? { note: true } : {}),
    ...(message.attachments
      ? { attachments: message.attachments.map((f) => ({ ...f, sent: sent(f) })) }
      : {}),
    ...(problem ? { problem } : {}),
  };
}
