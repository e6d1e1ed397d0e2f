/** How light a color is to the eye, from 0 to 1; as WCAG 2 computes it. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const part = parseInt(hex.slice(i, i + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const dark = luminance("#171717");

/** The contrast of a color with what the widget writes on it: dark or white, whichever is better. */
export function contrast(hex: string): number | undefined {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) return undefined;
  const own = luminance(hex);
  return Math.max(1.05 / (own + 0.05), (own + 0.05) / (dark + 0.05));
}
