/** Black or white, whichever reads better on the colour, a `#rrggbb` (WCAG relative luminance, near enough). */
export function readable(hex: string): string {
  const light = (at: 1 | 3 | 5) => (Number(`0x${hex[at]}${hex[at + 1]}`) / 255) ** 2.2;
  return 0.2126 * light(1) + 0.7152 * light(3) + 0.0722 * light(5) > 0.179 ? "#171717" : "#fff";
}
