/**
 * Two flags the host page's storage keeps for its next page: a chat is running,
 * and it was shown. They are no secret and nobody's name; what opens the
 * conversation stays in the frame. Where storage is refused, nothing is kept.
 */
export function memory(key: string) {
  const name = (flag: string) => `hiwar.${key}.${flag}`;
  return {
    get(flag: "running" | "shown"): boolean {
      try {
        return localStorage.getItem(name(flag)) === "1";
      } catch {
        return false;
      }
    },
    set(flag: "running" | "shown", on: boolean): void {
      try {
        if (on) localStorage.setItem(name(flag), "1");
        else localStorage.removeItem(name(flag));
      } catch {
        // A private window: the next page starts afresh.
      }
    },
  };
}
