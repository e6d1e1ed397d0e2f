/** Black or white, whichever reads better on the colour, a `#rrggbb` (WCAG relative luminance). */
export function readable(hex: string): string {
  const light = (at: 1 | 3 | 5) => {
    const c = Number(`0x${hex[at]}${hex[at + 1]}`) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * light(1) + 0.7152 * light(3) + 0.0722 * light(5) > 0.179 ? "#171717" : "#fff";
}
