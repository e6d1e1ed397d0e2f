// Lengths of time as people read them on a timer.

/** Whole seconds as 00:12, 04:31 or 1:02:45. Never negative. */
export function clockText(seconds: number, digits: "latn" | "arab" = "latn"): string {
  const whole = Math.max(0, Math.floor(seconds));
  const s = whole % 60;
  const m = Math.floor(whole / 60) % 60;
  const h = Math.floor(whole / 3600);
  const pad = (n: number) => String(n).padStart(2, "0");
  const text = h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${pad(m)}:${pad(s)}`;
  return digits === "arab" ? text.replace(/\d/g, (d) => String.fromCharCode(0x0660 + Number(d))) : text;
}

/** Seconds from one moment to another, down to whole ones. */
export function secondsBetween(from: string | number, to: number): number {
  const start = typeof from === "number" ? from : Date.parse(from);
  return Math.floor((to - start) / 1000);
}

/** Seconds until a moment, up to whole ones: "18 s" is shown until 17 have begun. */
export function secondsUntil(to: string | number, now: number): number {
  const end = typeof to === "number" ? to : Date.parse(to);
  return Math.max(0, Math.ceil((end - now) / 1000));
}

/**
 * Seconds left of a time that was given, never more than was given: the page's
 * clock shows the second that began before the time did.
 */
export function secondsLeft(from: string, to: string, now: number): number {
  return Math.min(secondsUntil(to, now), Math.ceil((Date.parse(to) - Date.parse(from)) / 1000));
}
