// A page that cannot go on: what happened, a code for whoever is asked for
// help, and the way out.
import { Component, type ReactNode } from "react";
import { Refusal } from "../../../protocol/src/socket";
import { Button } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { Phrase } from "../../../ui/src/Phrase";
import { CopyButton } from "../parts/CopyButton";
import { problemText } from "../parts/problems";
import s from "./PlainPage.module.css";

export interface FailurePageProps {
  failure: unknown;
  /** The way out, and what its button says. */
  exit: { name: string; go(): void };
  children?: ReactNode;
}

export function FailurePage({ failure, exit, children }: FailurePageProps) {
  const { t } = useLanguage();
  return (
    <main className={s.page}>
      <div className={s.card} role="alert">
        <h1 className={s.title}>{t.crashTitle()}</h1>
        <p>{children ?? problemText(failure, t)}</p>
        <p className={s.code}>
          <Phrase text={t.errorCode({ code: codeOf(failure) })} />
        </p>
        <Button look="primary" onPress={exit.go}>
          {exit.name}
        </Button>
        <CopyButton text={detailsOf(failure)} label={t.errorCopyDetails()} />
      </div>
    </main>
  );
}

/** In place of a page that threw. What was sent is on the server, and drafts are kept. */
function Crashed({ failure }: { failure: unknown }) {
  const { t } = useLanguage();
  return (
    <FailurePage failure={failure} exit={{ name: t.netReload(), go: () => window.location.reload() }}>
      {t.crashBody()}
    </FailurePage>
  );
}

/** Shows its children until one of them throws while it is drawn. */
export class CrashGuard extends Component<{ children: ReactNode }, { failure?: unknown; crashed: boolean }> {
  override state: { failure?: unknown; crashed: boolean } = { crashed: false };

  static getDerivedStateFromError(failure: unknown) {
    return { failure, crashed: true };
  }

  override render() {
    return this.state.crashed ? <Crashed failure={this.state.failure} /> : this.props.children;
  }
}

const codeOf = (failure: unknown): string => (failure instanceof Refusal ? failure.code : "client_error");

/** What helps whoever is asked for help: nothing of what customers wrote. */
function detailsOf(failure: unknown): string {
  return [
    `code: ${codeOf(failure)}`,
    `message: ${failure instanceof Error ? failure.message : String(failure)}`,
    `page: ${window.location.pathname}`,
    `time: ${new Date().toISOString()}`,
    `browser: ${navigator.userAgent}`,
  ].join("\n");
}
