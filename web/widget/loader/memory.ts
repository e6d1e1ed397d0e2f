/**
 * Two flags the host page's storage keeps for its next page: a chat is running,
 * and it was shown. They are no secret and nobody's name; what opens the
 * conversation stays in the frame. Where storage is refused, nothing is kept.
 *
 * Called with a flag it says whether it is set, with a second argument it sets it.
 */
export function memory(key: string): (flag: "running" | "shown", on?: boolean) => boolean {
  return (flag, on) => {
    const name = `hiwar.${key}.${flag}`;
    try {
      if (on) localStorage.setItem(name, "1");
      else if (on === false) localStorage.removeItem(name);
      return localStorage.getItem(name) === "1";
    } catch {
      return false; // a private window: the next page starts afresh
    }
  };
}
