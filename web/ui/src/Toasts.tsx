// Short confirmations and failures at the bottom of the page. Confirmations go
// after eight seconds unless pointed at; failures stay until dismissed.
import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { announce } from "./announce";
import { Button, IconButton } from "./Button";
import { Phrase } from "./Phrase";
import s from "./Toasts.module.css";

interface Toast {
  id: number;
  text: string;
  bad: boolean;
  /** How long it stays, where that is not for ever. */
  ms: number;
  action?: ToastAction | undefined;
}

/** What can still be done about what was confirmed. */
export interface ToastAction {
  label: string;
  run(): void;
}

const confirmationMs = 8000;

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();
const set = (next: readonly Toast[]) => {
  toasts = next;
  for (const listener of listeners) listener();
};

const watchers = new Set<(toast: { text: string; bad: boolean }) => void>();

/** Calls back with each one that is shown, for those who keep them. */
export function watchToasts(watcher: (toast: { text: string; bad: boolean }) => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function show(toast: Omit<Toast, "id">): void {
  const { text, bad } = toast;
  set([...toasts.filter((other) => other.text !== text), { id: ++last, ...toast }].slice(-4));
  for (const watcher of watchers) watcher({ text, bad });
  announce(text, bad ? "assertive" : "polite");
}

/** Shows and speaks a confirmation. */
export function confirmDone(text: string, action?: ToastAction, ms = confirmationMs): void {
  show({ text, bad: false, ms, action });
}

/** Shows and speaks a failure. */
export function reportFailure(text: string): void {
  show({ text, bad: true, ms: 0 });
}

const dismiss = (id: number) => set(toasts.filter((toast) => toast.id !== id));

export function Toasts({ label, closeLabel }: { label: string; closeLabel: string }) {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  if (shown.length === 0) return null;
  return (
    // A landmark, so that it is found by those who go from one to the next.
    <section className={s.stack} aria-label={label}>
      {shown.map((toast) => (
        <OneToast key={toast.id} toast={toast} closeLabel={closeLabel} />
      ))}
    </section>
  );
}

function OneToast({ toast, closeLabel }: { toast: Toast; closeLabel: string }) {
  const [held, hold] = useState(false);
  useEffect(() => {
    if (toast.bad || held) return;
    const timer = setTimeout(() => dismiss(toast.id), toast.ms);
    return () => clearTimeout(timer);
  }, [toast, held]);
  return (
    <div
      data-toast=""
      className={`${s.toast} ${toast.bad ? s.bad : ""}`}
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
    >
      {toast.bad ? (
        <CircleAlert size={18} aria-hidden="true" />
      ) : (
        <CircleCheck size={18} aria-hidden="true" />
      )}
      <p className={s.text}>
        <Phrase text={toast.text} />
      </p>
      {toast.action && (
        <Button
          small
          onPress={() => {
            dismiss(toast.id);
            toast.action?.run();
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton small label={closeLabel} icon={<X size={16} />} onPress={() => dismiss(toast.id)} />
    </div>
  );
}
