import { useEffect, useState } from "preact/hooks";
import { attachDownload, attachList, attachProgress, attachRemove } from "../../locales/gen/messages";
import type { Lang } from "../../locales/runtime";
import type { OutFile } from "../../protocol/src";
import { fileSize, nameParts } from "../../protocol/src/filename";
import { isolate } from "../../protocol/src/text";
import { Icon } from "./icons";
import type { Acts } from "./model";
import type { Shown } from "./rows";

const locale = (lang: Lang) => (lang === "ar" ? "ar-u-nu-latn" : "en-GB");

const iconOf = (type: string) =>
  type.startsWith("image/") ? "picture" : /sheet|csv/.test(type) ? "table" : "page";

/** The files of a message: images as they are, with their room kept, others by name. */
export function FileList({ files, lang, acts }: { files: readonly Shown[]; lang: Lang; acts: Acts }) {
  return (
    <ul class="files" aria-label={attachList()}>
      {files.map((file) => (
        <li key={file.id ?? file.key}>
          {file.width && file.height ? <Picture file={file} acts={acts} /> : null}
          <FileRow file={file} lang={lang} acts={acts} />
        </li>
      ))}
    </ul>
  );
}

/** Most people know an image by sight: the row below it has its name. */
function Picture({ file, acts }: { file: Shown; acts: Acts }) {
  const [url, setUrl] = useState("");
  useEffect(() => {
    let mine = "";
    let over = false;
    acts.address(file).then(
      (address) => {
        mine = address;
        if (over) release(mine);
        else setUrl(address);
      },
      () => undefined, // the row says what it is
    );
    return () => {
      over = true;
      release(mine);
    };
  }, [file.id, file.key]);
  return (
    <img
      class="picture"
      src={url || nothing}
      alt={file.name}
      width={file.width}
      height={file.height}
      decoding="async"
    />
  );
}

const nothing = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
const release = (url: string) => {
  if (url.startsWith("blob:")) URL.revokeObjectURL(url);
};

function FileRow({ file, lang, acts }: { file: Shown; lang: Lang; acts: Acts }) {
  const waits = file.sent !== undefined && file.sent < 1;
  const save = () => {
    void acts.address(file).then((url) => {
      if (!url) return;
      const link = document.createElement("a");
      link.href = url;
      link.download = file.name;
      link.target = "_blank";
      link.rel = "noopener";
      link.click();
    });
  };
  const row = (
    <>
      <Icon name={iconOf(file.type)} size={18} />
      <FileName name={file.name} />
      <bdi class="size">{fileSize(file.size, locale(lang))}</bdi>
    </>
  );
  if (file.id === undefined || file.sent !== undefined) {
    return (
      <div class="file">
        {row}
        {waits && (
          <progress max={1} value={file.sent} aria-label={attachProgress({ name: isolate(file.name) })} />
        )}
      </div>
    );
  }
  return (
    <button type="button" class="file" title={attachDownload({ name: file.name })} onClick={save}>
      {row}
      <Icon name="file" size={18} />
    </button>
  );
}

/** Cut in the middle, if at all: what the file is stays to be read. */
export function FileName({ name }: { name: string }) {
  const { dir, start, dot, end } = nameParts(name);
  return (
    <span class="filename" dir={dir} title={name}>
      <bdi>{start}</bdi>
      {dot}
      <bdi dir="ltr">{end}</bdi>
    </span>
  );
}

/** What was attached and not sent yet. */
export function Tray({ files, lang, acts }: { files: readonly OutFile[]; lang: Lang; acts: Acts }) {
  if (files.length === 0) return null;
  return (
    <ul class="files tray" aria-label={attachList()}>
      {files.map((file) => (
        <li key={file.key} class="file">
          <Icon name={iconOf(file.type)} size={18} />
          <FileName name={file.name} />
          <bdi class="size">{fileSize(file.size, locale(lang))}</bdi>
          <button
            type="button"
            aria-label={attachRemove({ name: file.name })}
            onClick={() => acts.detach(file.key)}
          >
            <Icon name="end" size={18} />
          </button>
        </li>
      ))}
    </ul>
  );
}
