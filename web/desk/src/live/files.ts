// Files of the desk, sent with the session's cookie.
import { Files, indexedShelf } from "../../../protocol/src/files";
import type { Outbox } from "../../../protocol/src/outbox";

export const makeFiles = (outbox: Outbox, onProgress: (conversation: string) => void): Files =>
  new Files({
    url: (conversation) => `/api/v1/conversations/${conversation}/attachments`,
    headers: () => ({ "Accept-Language": document.documentElement.lang }),
    onProgress,
    onUploaded: (message, key, file) => outbox.uploaded(message, key, file),
    onBusy: (message) => outbox.stillSending(message),
    shelf: indexedShelf("hiwar.staff.files"),
  });
