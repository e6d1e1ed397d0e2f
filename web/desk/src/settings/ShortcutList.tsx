import { Ban, Keyboard, RotateCcw } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { announce } from "../../../ui/src/announce";
import { Button, IconButton } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { Phrase } from "../../../ui/src/Phrase";
import { Switch } from "../../../ui/src/Switch";
import { chordOf, hintOf, keyOf, type Chord } from "../model/chord";
import { groups, isMac, off, unfit, type Action, type Unfit } from "../model/shortcuts";
import { recordKeys, useKeymap } from "../parts/commands";
import { actionName } from "./actionNames";
import { changePreferences, usePreference } from ".";
import s from "./ShortcutList.module.css";

/** All shortcuts, each of which can be changed, turned off and restored. */
export function ShortcutList() {
  const { t } = useLanguage();
  const changes = usePreference("shortcuts");
  const singleKeys = usePreference("singleKeys");
  const titles: Record<keyof typeof groups, string> = {
    requests: t.labelRequests(),
    chat: t.paletteGroupChat(),
    go: t.paletteGroupGo(),
    me: t.paletteGroupMe(),
  };
  return (
    <div className={s.list}>
      {(Object.keys(groups) as (keyof typeof groups)[]).map((group) => (
        <section key={group} className={s.group}>
          <h3 className={s.heading}>{titles[group]}</h3>
          <ul>
            {groups[group].map((action) => (
              <Row key={action} action={action} />
            ))}
          </ul>
        </section>
      ))}
      <Fixed />
      <Switch
        on={singleKeys}
        onChange={(on) => changePreferences({ singleKeys: on })}
        hint={t.keysSinglesHint()}
      >
        {t.keysSingles()}
      </Switch>
      {Object.keys(changes).length > 0 && (
        <Button icon={<RotateCcw size={18} />} onPress={() => changePreferences({ shortcuts: {} })}>
          {t.keysResetAll()}
        </Button>
      )}
    </div>
  );
}

function Row({ action }: { action: Action }) {
  const { t } = useLanguage();
  const changes = usePreference("shortcuts");
  const keys = useKeymap();
  const [recording, record] = useState(false);
  const [refused, refuse] = useState<{ of: Chord; why: Unfit }>();
  const name = actionName(action, t);
  const mac = isMac();
  const of = keys.chords.get(action);

  const give = (next: Chord, from?: Action) => {
    changePreferences({
      shortcuts: { ...changes, ...(from ? { [from]: off } : {}), [action]: keyOf(next) },
    });
    announce(t.keysChanged({ action: name, keys: hintOf(next, mac) }));
    refuse(undefined);
  };
  const set = (text: string | undefined) => {
    const { [action]: _, ...others } = changes;
    changePreferences({ shortcuts: text === undefined ? others : { ...others, [action]: text } });
  };
  const take = (next: Chord) => {
    const why = unfit(action, next, keys);
    record(false);
    if (!why) return give(next);
    refuse({ of: next, why });
    announce(whyText(why, t), "assertive");
  };
  useRecorder(recording, take, () => record(false));

  return (
    <li className={s.row}>
      <span className={s.name}>{name}</span>
      {recording ? (
        <span className={s.recording}>{t.keysPress()}</span>
      ) : of ? (
        <Keys of={of} family={action === "conversation"} mac={mac} />
      ) : (
        <span className={s.off}>{t.keysOff()}</span>
      )}
      <span className={s.buttons}>
        <IconButton
          small
          label={t.keysChange({ action: name })}
          icon={<Keyboard size={16} />}
          onPress={() => {
            refuse(undefined);
            record(true);
            announce(t.keysPressSr({ action: name }), "assertive");
          }}
        />
        <IconButton
          small
          label={t.keysTurnOff({ action: name })}
          icon={<Ban size={16} />}
          unavailable={of ? undefined : t.keysOff()}
          onPress={() => set(off)}
        />
        {changes[action] !== undefined && (
          <IconButton
            small
            label={t.keysReset({ action: name })}
            icon={<RotateCcw size={16} />}
            onPress={() => set(undefined)}
          />
        )}
      </span>
      {refused && (
        <p className={s.refused}>
          <kbd dir="ltr">{hintOf(refused.of, mac)}</kbd> <Phrase text={whyText(refused.why, t)} />{" "}
          {refused.why.why === "taken" && (
            <Button
              small
              onPress={() => give(refused.of, refused.why.why === "taken" ? refused.why.by : undefined)}
            >
              {t.keysTakeOver()}
            </Button>
          )}
        </p>
      )}
    </li>
  );
}

function whyText(why: Unfit, t: ReturnType<typeof useLanguage>["t"]): string {
  if (why.why === "taken") return t.keysTaken({ action: actionName(why.by, t) });
  return why.why === "kept" ? t.keysKept() : t.keysBare();
}

function Keys({ of, family, mac }: { of: Chord; family: boolean; mac: boolean }) {
  return <kbd dir="ltr">{family ? hintOf({ ...of, code: "Digit1" }, mac) + "…9" : hintOf(of, mac)}</kbd>;
}

/** While on, presses are not commands: the first chord is taken, Escape or another focus gives up. */
function useRecorder(on: boolean, take: (of: Chord) => void, giveUp: () => void): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === "Tab") return giveUp();
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") return giveUp();
    const of = chordOf(event);
    if (of) take(of);
  });
  useEffect(() => {
    if (!on) return;
    recordKeys((event) => pressed(event));
    return () => recordKeys(undefined);
  }, [on]);
}

/** What is the same for everybody: the keys of fields and lists. */
function Fixed() {
  const { t } = useLanguage();
  const rows: [string, string[]][] = [
    [t.actionSend(), ["Enter"]],
    [t.keysNewLine(), ["Shift+Enter"]],
    [t.templateInsert(), ["/"]],
    [t.actionSubmitWrapup(), [isMac() ? "⌘↩" : "Ctrl+Enter"]],
    [t.keysPanes(), ["F6", "Shift+F6"]],
    [t.keysThread(), ["↑", "↓", "Home", "End"]],
    [t.keysReply(), ["Esc"]],
  ];
  return (
    <section className={s.group}>
      <h3 className={s.heading}>{t.keysFixed()}</h3>
      <ul>
        {rows.map(([name, keys]) => (
          <li key={name} className={s.row}>
            <span className={s.name}>{name}</span>
            <bdi dir="ltr" className={s.keys}>
              {keys.map((key) => (
                <kbd key={key} dir="ltr">
                  {key}
                </kbd>
              ))}
            </bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
