// The files beside the compose box: fetched with it, behind the first view.
import { useQuery } from "@tanstack/react-query";
import { Paperclip, X } from "lucide-react";
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from "react";
import { acceptOf, allowed } from "../../../protocol/src/files";
import type { OutFile } from "../../../protocol/src/outbox";
import { announce } from "../../../ui/src/announce";
import { IconButton } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { Phrase, plain } from "../../../ui/src/Phrase";
import { useActions } from "../live/state";
import { FileWords } from "../parts/MessageFiles";
import { problemText } from "../parts/problems";
import { lists } from "../parts/targets";
import s from "./Attach.module.css";

export interface AttachHandle {
  /** Takes files that were dropped or pasted. */
  take(files: readonly File[]): void;
}

export interface AttachProps {
  conversation: string;
  files: readonly OutFile[];
  onFiles(change: (files: readonly OutFile[]) => readonly OutFile[]): void;
  ref: Ref<AttachHandle>;
}

/** Choosing files, and those that were chosen. What may not be sent is told at once. */
export function Attach({ conversation, files, onFiles, ref }: AttachProps) {
  const { t } = useLanguage();
  const actions = useActions();
  const [problem, setProblem] = useState<unknown>();
  const input = useRef<HTMLInputElement>(null);
  const count = useRef(files.length);
  useEffect(() => {
    count.current = files.length;
  }, [files]);
  const { data: rules, error } = useQuery(
    {
      queryKey: ["attachments", conversation],
      queryFn: () => actions.attachmentRules(conversation),
      staleTime: 60_000,
    },
    lists,
  );
  const take = async (chosen: readonly File[]) => {
    if (!rules) {
      if (error) setProblem(error);
      return;
    }
    const { taken, refused } = allowed(chosen, rules, count.current);
    setProblem(refused);
    const sender = await actions.files();
    const kept = await Promise.all(taken.map((file) => sender.keep(file)));
    onFiles((before) => [...before, ...kept]);
    for (const file of kept) announce(plain(t.attachAdded({ name: file.name })));
  };
  useImperativeHandle(ref, () => ({ take: (chosen) => void take(chosen) }));
  const remove = (file: OutFile) => {
    setProblem(undefined);
    onFiles((before) => before.filter((f) => f !== file));
    announce(plain(t.attachRemoved({ name: file.name })));
    void actions.files().then((sender) => sender.forget([file]));
  };
  return (
    <div className={s.attach}>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={rules && acceptOf(rules)}
        onChange={(event) => {
          void take([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      {files.length > 0 && (
        <ul className={s.tray} aria-label={t.attachList()}>
          {files.map((file) => (
            <li key={file.key}>
              <FileWords file={file} />
              <IconButton
                label={plain(t.attachRemove({ name: file.name }))}
                icon={<X size={16} />}
                onPress={() => remove(file)}
              />
            </li>
          ))}
        </ul>
      )}
      {problem !== undefined && (
        <p role="alert" className={s.problem}>
          <Phrase text={problemText(problem, t)} />
        </p>
      )}
      <IconButton
        label={t.attachAdd()}
        icon={<Paperclip size={20} />}
        unavailable={error ? problemText(error, t) : undefined}
        onPress={() => input.current?.click()}
      />
    </div>
  );
}
