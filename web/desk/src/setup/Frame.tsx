import { useEffect, useRef, type FormEvent, type ReactNode } from "react";
import { Button } from "../../../ui/src/Button";
import { Phrase } from "../../../ui/src/Phrase";
import { LiveRegions } from "../../../ui/src/announce";
import { Link } from "../address";
import { LanguageSwitch, ThemeSwitch } from "../parts/LookSwitches";
import { Mark } from "../parts/Mark";
import { saved, steps, type Step } from "./steps";
import { useWords } from "./words";
import s from "./Setup.module.css";

export interface FrameProps {
  step: Step;
  title: string;
  children: ReactNode;
  /** What was refused, as it is said. */
  refused?: string;
  busy?: boolean;
  nextLabel?: string;
  onNext(): void;
  onBack?: (() => void) | undefined;
  onSkip?: (() => void) | undefined;
  /** For what needs the room. */
  wide?: boolean;
}

/** A step of the first run: where one is, what it asks, and the ways on. */
export function Frame(props: FrameProps) {
  const { step, title, children, refused, busy, nextLabel, onNext, onBack, onSkip, wide } = props;
  const { t } = useWords();
  const n = steps.indexOf(step) + 1;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onNext();
  };
  return (
    <Page title={title} wide={wide}>
      <div className={s.where}>
        <p>{t.setupStep({ n, total: steps.length })}</p>
        <progress className={s.progress} value={n} max={steps.length} aria-hidden="true" />
      </div>
      <Heading key={step} text={title} />
      <form className={s.form} onSubmit={submit} noValidate>
        {children}
        {refused && (
          <p role="alert" className={s.failure}>
            <Phrase text={refused} />
          </p>
        )}
        <div className={s.ways}>
          {onBack && <Button onPress={onBack}>{t.actionBack()}</Button>}
          <span className={s.on}>
            {onSkip && (
              <Button look="quiet" onPress={onSkip} unavailable={busy ? "" : undefined}>
                {t.actionSkip()}
              </Button>
            )}
            <Button type="submit" look="primary" unavailable={busy ? "" : undefined}>
              {nextLabel ?? t.actionNext()}
            </Button>
          </span>
        </div>
        {saved(step) && <p className={s.muted}>{t.wizKept()}</p>}
      </form>
    </Page>
  );
}

/** Whoever comes to a step begins to read at its heading. */
function Heading({ text }: { text: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h1 ref={heading} tabIndex={-1} className={s.title}>
      {text}
    </h1>
  );
}

/** The page of the first run, without a step on it. */
export function Page({
  title,
  wide,
  children,
}: {
  title: string;
  wide?: boolean | undefined;
  children: ReactNode;
}) {
  const { t } = useWords();
  useEffect(() => {
    document.title = t.pageTitle({ page: title, app: t.appName() });
  }, [t, title]);
  return (
    <div className={s.page}>
      <header className={s.top}>
        <span className={s.brand}>
          <Mark />
          {t.appName()}
        </span>
        <span className={s.tools}>
          <LanguageSwitch />
          <ThemeSwitch />
        </span>
      </header>
      <main className={`${s.card} ${wide ? s.wide : ""}`}>{children}</main>
      <LiveRegions />
    </div>
  );
}

/** A page that says one thing, and where to go from it. */
export function Note({
  title,
  body,
  to,
  link,
}: {
  title: string;
  body: ReactNode;
  to?: string;
  link?: string;
}) {
  return (
    <Page title={title}>
      <Heading text={title} />
      <p>{body}</p>
      {to && link && (
        <p>
          <Link to={to}>{link}</Link>
        </p>
      )}
    </Page>
  );
}
