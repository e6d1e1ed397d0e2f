import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { newId } from "../../../protocol/src/socket";
import { Button, IconButton } from "../../../ui/src/Button";
import { BothNames, trimmed, unnamed } from "./BothNames";
import { Frame } from "./Frame";
import type { Saved } from "./saved";
import type { Reason } from "./source";
import { useWords } from "./words";
import s from "./Setup.module.css";

/** The first queue, and what is chosen from when a chat in it has ended. */
export function QueueStep({ saved, onBack }: { saved: Saved; onBack(): void }) {
  const { t } = useWords();
  const [queue] = saved.whole.queues ?? [];
  const [name, setName] = useState({ en: "", ar: "", ...queue?.name });
  const [reasons, setReasons] = useState(() => inOrder(saved.whole.reasons ?? []));
  const [wrong, setWrong] = useState<string>();

  const rename = (next: typeof name) => {
    setName(next);
    setWrong(undefined);
  };
  const submit = () => {
    const missing = unnamed(name) || reasons.some((reason) => unnamed({ en: "", ar: "", ...reason.name }));
    setWrong(missing ? t.wizNameMissing() : undefined);
    if (missing || !queue) return;
    void saved.save(
      { queues: [{ ...queue, name: trimmed(name) }], reasons: changed(saved.whole.reasons ?? [], reasons) },
      "queue",
    );
  };
  return (
    <Frame
      step="queue"
      title={t.wizQueue()}
      refused={wrong ?? saved.refused}
      busy={saved.busy}
      onNext={submit}
      onBack={onBack}
      onSkip={() => void saved.save({}, "queue")}
    >
      <p>{t.wizQueueIntro()}</p>
      <BothNames value={name} onChange={rename} error={unnamed(name) ? wrong : undefined} />
      <fieldset className={s.group}>
        <legend>{t.wizReasons()}</legend>
        <p className={s.muted}>{t.wizReasonsHint()}</p>
        <Reasons reasons={reasons} onChange={setReasons} />
      </fieldset>
    </Frame>
  );
}

function Reasons({ reasons, onChange }: { reasons: Reason[]; onChange(reasons: Reason[]): void }) {
  const { t } = useWords();
  const rename = (at: number, part: object) =>
    onChange(reasons.map((one, i) => (i === at ? { ...one, name: { ...one.name, ...part } } : one)));
  return (
    <>
      <ul className={s.reasons}>
        {reasons.map((reason, i) => (
          <li key={reason.id} className={s.reason}>
            <BothNames
              labels={{ en: t.wizReasonEn({ n: i + 1 }), ar: t.wizReasonAr({ n: i + 1 }) }}
              value={{ en: reason.name.en ?? "", ar: reason.name.ar ?? "" }}
              onChange={(name) => rename(i, name)}
            />
            <IconButton
              label={t.wizReasonRemove({ n: i + 1 })}
              icon={<Trash2 size={18} aria-hidden="true" />}
              onPress={() => onChange(reasons.filter((_, at) => at !== i))}
            />
          </li>
        ))}
      </ul>
      <span>
        <Button
          icon={<Plus size={18} aria-hidden="true" />}
          onPress={() => onChange([...reasons, { id: `reason-${newId()}`, kind: "wrapup", name: {} }])}
        >
          {t.wizReasonAdd()}
        </Button>
      </span>
    </>
  );
}

const inUse = (reason: Reason) => reason.kind === "wrapup" && !reason.archived;

function inOrder(all: Reason[]): Reason[] {
  return all.filter(inUse).sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
}

/** What becomes of the reasons: those that are here in this order, the others archived, because nothing is forgotten. */
export function changed(all: Reason[], now: Reason[]): Reason[] {
  const kept = now.map((reason, i) => ({
    ...reason,
    name: trimmed({ en: "", ar: "", ...reason.name }),
    order: i + 1,
  }));
  const gone = all.filter((reason) => inUse(reason) && !now.some(({ id }) => id === reason.id));
  return [...kept, ...gone.map((reason) => ({ ...reason, archived: true }))];
}
