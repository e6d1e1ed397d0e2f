// The files of a message in the thread, and what they look like anywhere.
import { Download, File, FileText, Image, Sheet } from "lucide-react";
import { Suspense, useEffect, useState } from "react";
import { fileSize, nameParts } from "../../../protocol/src/filename";
import { Button } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { later } from "../../../ui/src/later";
import { plain } from "../../../ui/src/Phrase";
import { useActions } from "../live/state";
import type { Shown } from "../model/thread";
import s from "./MessageFiles.module.css";

export interface MessageFilesProps {
  files: readonly Shown[];
  conversation: string;
  /** Of a message that is on its way. */
  clientId: string | undefined;
}

/** Images as they are, with their room kept before they come; every file by name, to be saved. */
export function MessageFiles({ files, conversation, clientId }: MessageFilesProps) {
  const { t } = useLanguage();
  const actions = useActions();
  const under = clientId !== undefined && files.some((f) => f.sent !== undefined && f.sent < 1);
  return (
    <>
      <ul className={s.files} aria-label={t.attachList()}>
        {files.map((file) => (
          <li key={file.key ?? file.id}>
            {file.width && file.height ? <Picture file={file} conversation={conversation} /> : null}
            <Row file={file} conversation={conversation} />
          </li>
        ))}
      </ul>
      {under && (
        <Button small onPress={() => void actions.files().then((sender) => sender.cancel(clientId))}>
          {t.attachCancel()}
        </Button>
      )}
    </>
  );
}

const ImageDialog = later(() => import("./ImageDialog").then((m) => m.ImageDialog));

const blank = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";

function Picture({ file, conversation }: { file: Shown; conversation: string }) {
  const actions = useActions();
  const { id, key } = file;
  const [own, setOwn] = useState<string>();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (id !== undefined || key === undefined) return;
    let url: string | undefined;
    let over = false;
    void actions.files().then(async (files) => {
      const bytes = await files.bytes(key);
      if (!bytes || over) return;
      url = URL.createObjectURL(bytes);
      setOwn(url);
    });
    return () => {
      over = true;
      if (url) URL.revokeObjectURL(url);
    };
  }, [actions, id, key]);
  const address = id === undefined ? undefined : actions.fileAddress(conversation, id);
  const { name, width = 0, height = 0 } = file;
  const image = (
    <img
      className={s.picture}
      src={address ?? own ?? blank}
      alt={name}
      width={width}
      height={height}
      loading="lazy"
      decoding="async"
    />
  );
  if (address === undefined) return image;
  return (
    <>
      <button type="button" className={s.open} onClick={() => setOpen(true)}>
        {image}
      </button>
      <Suspense>
        {open && <ImageDialog {...{ name, address, width, height }} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  );
}

function Row({ file, conversation }: { file: Shown; conversation: string }) {
  const { t } = useLanguage();
  const actions = useActions();
  if (file.id === undefined || file.sent !== undefined) {
    const waits = file.sent !== undefined && file.sent < 1;
    return (
      <div className={s.file}>
        <FileWords file={file} />
        {waits && (
          <progress max={1} value={file.sent} aria-label={plain(t.attachProgress({ name: file.name }))} />
        )}
      </div>
    );
  }
  return (
    <a
      className={s.file}
      href={actions.fileAddress(conversation, file.id)}
      download={file.name}
      title={t.attachDownload({ name: file.name })}
    >
      <FileWords file={file} />
      <Download size={16} aria-hidden="true" />
    </a>
  );
}

/** Kind, name and size. A long name is cut in the middle: what the file is stays to be read. */
export function FileWords({ file }: { file: Pick<Shown, "name" | "type" | "size"> }) {
  const { lang, digits } = useLanguage();
  const { dir, start, dot, end } = nameParts(file.name);
  return (
    <>
      <Kind type={file.type} />
      <span className={s.name} dir={dir} title={file.name}>
        <bdi>{start}</bdi>
        {dot}
        <bdi dir="ltr">{end}</bdi>
      </span>
      <bdi className={s.size}>{fileSize(file.size, `${lang}-u-nu-${digits}`)}</bdi>
    </>
  );
}

/** What sort of file it is, for the eye. */
function Kind({ type }: { type: string }) {
  const look = { size: 18, "aria-hidden": true } as const;
  if (type.startsWith("image/")) return <Image {...look} />;
  if (/sheet|csv/.test(type)) return <Sheet {...look} />;
  return type.startsWith("text/") || type === "application/pdf" ? <FileText {...look} /> : <File {...look} />;
}
