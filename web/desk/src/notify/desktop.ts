// Notifications of the system: one per matter, replaced by the next of the same
// and taken away when it is over. Permission is asked only where it is explained.

export interface Notice {
  /** What it is about; the next with the same takes its place. */
  tag: string;
  title: string;
  body: string;
  stays: boolean;
  lang: string;
  dir: "ltr" | "rtl";
  onPress(): void;
}

export type Permission = "granted" | "denied" | "default" | "none";

/** none: this browser, or this address, has no notifications. */
export function permission(): Permission {
  if (typeof Notification === "undefined" || !window.isSecureContext) return "none";
  return Notification.permission;
}

/** Asks, from a button that says what for. */
export async function askPermission(): Promise<Permission> {
  if (permission() === "none") return "none";
  try {
    return await Notification.requestPermission();
  } catch {
    return permission();
  }
}

export class Desktop {
  private readonly shown = new Map<string, Notification>();

  show({ tag, title, body, stays, lang, dir, onPress }: Notice): void {
    if (permission() !== "granted") return;
    try {
      const notification = new Notification(title, {
        tag,
        body,
        lang,
        dir,
        icon: document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href ?? "",
        requireInteraction: stays,
        silent: true, // the sound is ours
      });
      notification.onclick = () => {
        window.focus();
        notification.close();
        onPress();
      };
      this.shown.set(tag, notification);
    } catch {
      // Some systems let only service workers show notifications.
    }
  }

  close(tag: string): void {
    this.shown.get(tag)?.close();
    this.shown.delete(tag);
  }

  closeAll(): void {
    for (const tag of [...this.shown.keys()]) this.close(tag);
  }
}
