// Opening hours of a day as people type them: "09:00-12:00, 13:00-17:30".

export const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

export type Day = (typeof days)[number];

const latin = (text: string) => text.replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 0x660));

/** The spans in a text; what is no span stays as it was typed, for the server to name. */
export function spans(text: string): string[] {
  return latin(text)
    .split(/[,،;؛\n]/)
    .map((span) => span.trim())
    .filter((span) => span !== "")
    .map((span) => {
      const found = /^(\d{1,2})(?::(\d\d))?\s*[-–—]\s*(\d{1,2})(?::(\d\d))?$/.exec(span);
      if (!found) return span;
      const [, fromHour = "", fromMinute = "00", toHour = "", toMinute = "00"] = found;
      return `${fromHour.padStart(2, "0")}:${fromMinute}-${toHour.padStart(2, "0")}:${toMinute}`;
    });
}

export const written = (list: unknown): string => (Array.isArray(list) ? list.join(", ") : "");

/** The time in a span that stands nowhere on a clock, or undefined. */
export function wrongSpan(list: readonly string[]): string | undefined {
  return list.find((span) => !/^([01]\d|2[0-4]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/.test(span));
}
