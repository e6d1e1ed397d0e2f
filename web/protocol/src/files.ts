// Files on their way: kept on the device until the server has them, uploaded
// when the message that carries them is sent, under a key that makes a repeated
// upload the same file.
import type { OutFile, Outgoing } from "./outbox";
import { newId, Refusal } from "./socket";
import type { Attachment, AttachmentRules } from "./types";

export interface FilesOptions {
  /** Where an upload is sent: "/api/v1/conversations/conv_1/attachments". */
  url(conversation: string): string;
  headers(): Record<string, string>;
  /** How far files of the conversation are has changed. */
  onProgress(conversation: string): void;
  /** The server has a file of the message. */
  onUploaded(message: string, key: string, file: string): void;
  /** Called now and then while a message takes long. */
  onBusy(message: string): void;
  shelf: Shelf;
}

const busyEveryMs = 2_000;

/** Sends the files of messages, one after the other. */
export class Files {
  private readonly shelf: Shelf;
  private readonly progress = new Map<string, number>();
  private readonly under = new Map<string, XMLHttpRequest>();
  private readonly canceled = new Set<string>();

  constructor(private readonly options: FilesOptions) {
    this.shelf = options.shelf;
  }

  /** Takes what was chosen onto the device. */
  async keep(chosen: File): Promise<OutFile> {
    const key = newId();
    await this.shelf.put(key, chosen);
    const size = await measure(chosen);
    return { key, name: chosen.name, type: chosen.type, size: chosen.size, ...size };
  }

  /** The bytes of a file that was kept, to be shown before the server has it. */
  bytes(key: string): Promise<Blob | undefined> {
    return this.shelf.get(key);
  }

  forget(files: readonly OutFile[] = []): void {
    for (const { key } of files) {
      this.progress.delete(key);
      void this.shelf.remove(key);
    }
  }

  /** How much of a file is sent, from 0 to 1. */
  sent(file: OutFile): number {
    return file.id ? 1 : (this.progress.get(file.key) ?? 0);
  }

  /** Sends what is not sent yet and resolves with the server's names, in order. */
  async send(message: Outgoing): Promise<string[]> {
    const ids: string[] = [];
    this.canceled.delete(message.id);
    const busy = setInterval(() => this.options.onBusy(message.id), busyEveryMs);
    try {
      for (const file of message.attachments ?? []) ids.push(file.id ?? (await this.upload(message, file)));
    } finally {
      clearInterval(busy);
    }
    return ids;
  }

  /** Stops sending a message's files: sending it is rejected with the code canceled. */
  cancel(message: string): void {
    this.canceled.add(message);
    this.under.get(message)?.abort();
  }

  private async upload(message: Outgoing, file: OutFile): Promise<string> {
    if (this.canceled.has(message.id)) throw new Refusal("canceled");
    const bytes = await this.shelf.get(file.key);
    if (!bytes) throw new Refusal("file_lost");
    const { id } = await this.post(message, file, bytes);
    this.options.onUploaded(message.id, file.key, id);
    return id;
  }

  private post({ id, conversation }: Outgoing, file: OutFile, bytes: Blob): Promise<Attachment> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const ended = (settle: () => void) => () => {
        this.under.delete(id);
        settle();
      };
      this.under.set(id, request);
      request.open("POST", this.options.url(conversation));
      const headers = {
        "Content-Type": "application/octet-stream",
        "Idempotency-Key": file.key,
        "X-File-Name": encodeURIComponent(file.name),
        ...this.options.headers(),
      };
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = ({ loaded, total }) => {
        this.progress.set(file.key, total > 0 ? loaded / total : 0);
        this.options.onProgress(conversation);
      };
      request.onload = ended(() => answer(request, resolve, reject));
      request.onerror = ended(() => reject(new Refusal("unavailable")));
      request.onabort = ended(() => reject(new Refusal("canceled")));
      request.send(bytes);
    });
  }
}

function answer(
  request: XMLHttpRequest,
  resolve: (file: Attachment) => void,
  reject: (why: Refusal) => void,
): void {
  let said: unknown;
  try {
    said = JSON.parse(request.responseText);
  } catch {
    said = {};
  }
  if (request.status < 300) return resolve(said as Attachment);
  const { code = "unavailable", params, detail } = said as Partial<Refusal>;
  reject(new Refusal(code, params, detail));
}

/** What may be taken of what was chosen, and why the first of the others may not. */
export function allowed(
  chosen: readonly File[],
  rules: AttachmentRules,
  already: number,
): { taken: File[]; refused?: Refusal } {
  const taken: File[] = [];
  let refused: Refusal | undefined;
  for (const file of chosen) {
    const why = judge(file, rules, already + taken.length);
    if (why) refused ??= why;
    else taken.push(file);
  }
  return { taken, ...(refused ? { refused } : {}) };
}

const images = ["png", "jpg", "gif", "webp"];

function judge(file: File, rules: AttachmentRules, count: number): Refusal | undefined {
  const ending = endingOf(file.name);
  const kind = ending === "jpeg" ? "jpg" : ending;
  const types = rules.kinds.map((k) => k.toUpperCase()).join(", ");
  const image = images.includes(kind) && rules.kinds.some((k) => images.includes(k));
  if (!rules.kinds.includes(kind) && !image) return new Refusal("file_type_not_allowed", { types });
  if (file.size === 0) return new Refusal("file_empty");
  if (file.size > rules.max_bytes) return new Refusal("file_too_large", { max: limitText(rules.max_bytes) });
  if (count >= rules.max_files) return new Refusal("too_many_files", { max: rules.max_files });
  return undefined;
}

const limitText = (bytes: number) => `${Math.round((bytes / (1 << 20)) * 10) / 10} MB`;

/** What follows the last dot, in lower case. */
export const endingOf = (name: string): string =>
  name.includes(".") ? name.slice(name.lastIndexOf(".") + 1).toLowerCase() : "";

/** What a file chooser is to offer. */
export const acceptOf = (rules: AttachmentRules): string =>
  [...rules.kinds, ...(rules.kinds.includes("jpg") ? ["jpeg"] : [])].map((k) => `.${k}`).join(",");

/** The size of an image, so that room can be left for it. */
async function measure(file: Blob): Promise<{ width?: number; height?: number }> {
  if (!file.type.startsWith("image/") || typeof createImageBitmap !== "function") return {};
  try {
    const { width, height } = await createImageBitmap(file);
    return { width, height };
  } catch {
    return {}; // the server will say what is wrong with it
  }
}

/** Where bytes survive a reload. Nothing that it does may throw. */
export interface Shelf {
  put(key: string, bytes: Blob): Promise<void>;
  get(key: string): Promise<Blob | undefined>;
  remove(key: string): Promise<void>;
}

/** Keeps bytes in IndexedDB, and as long as the page lives beside it: it may be refused or full. */
export function indexedShelf(name: string): Shelf {
  const here = new Map<string, Blob>();
  const store = "files";
  const act = <T>(
    mode: IDBTransactionMode,
    f: (s: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T | undefined> =>
    new Promise((resolve) => {
      const none = () => resolve(undefined);
      try {
        const opening = indexedDB.open(name, 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore(store);
        opening.onerror = none;
        opening.onsuccess = () => {
          const db = opening.result;
          const transaction = db.transaction(store, mode);
          const request = f(transaction.objectStore(store));
          transaction.oncomplete = () => {
            db.close();
            resolve(request.result);
          };
          transaction.onabort = () => {
            db.close();
            none();
          };
        };
      } catch {
        none();
      }
    });
  return {
    async put(key, bytes) {
      here.set(key, bytes);
      await act("readwrite", (s) => s.put(bytes, key));
    },
    async get(key) {
      return here.get(key) ?? (await act<Blob>("readonly", (s) => s.get(key) as IDBRequest<Blob>));
    },
    async remove(key) {
      here.delete(key);
      await act("readwrite", (s) => s.delete(key));
    },
  };
}
