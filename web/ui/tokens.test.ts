// The contrast the design promises, computed again from the tokens themselves.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8");
type Theme = "light" | "dark";

function color(token: string, theme: Theme): string {
  const value = new RegExp(`--${token}:\\s*([^;]+);`).exec(css)?.[1] ?? "";
  const pair = /light-dark\((#\w+),\s*(#\w+)\)/.exec(value);
  const hex = pair ? pair[theme === "light" ? 1 : 2] : value.trim();
  if (!hex?.startsWith("#")) throw new Error(`no color ${token}`);
  return hex;
}

function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, "$&$&") : hex;
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((i) => parseInt(full.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string, theme: Theme): number {
  const [x, y] = [luminance(color(a, theme)), luminance(color(b, theme))];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** Text on its background, and the least contrast it may have. */
const pairs: [text: string, background: string, least: number][] = [
  ["text", "surface", 4.5],
  ["text", "canvas", 4.5],
  ["text", "raised", 4.5],
  ["text-muted", "surface", 4.5],
  ["text-muted", "canvas", 4.5],
  ["text-muted", "raised", 4.5],
  ["text-faint", "surface", 4.5],
  ["text-faint", "canvas", 4.5],
  ["text-faint", "raised", 4.5],
  ["rona-text", "raised", 4.5],
  ["available-text", "raised", 4.5],
  ["control-border", "surface", 3],
  ["control-border", "raised", 3],
  ["accent", "surface", 4.5],
  ["accent", "canvas", 4.5],
  ["accent", "raised", 4.5],
  ["focus", "raised", 3],
  ["control-border", "canvas", 3],
  ["on-accent", "accent", 4.5],
  ["on-accent", "accent-hover", 4.5],
  ["focus", "surface", 3],
  ["focus", "canvas", 3],
  ["bubble-customer-text", "bubble-customer", 4.5],
  ["bubble-customer-meta", "bubble-customer", 4.5],
  ["bubble-customer-link", "bubble-customer", 4.5],
  ["bubble-agent-text", "bubble-agent", 4.5],
  ["bubble-agent-meta", "bubble-agent", 4.5],
  ["bubble-agent", "surface", 3],
  ["system-text", "system", 4.5],
  ["avatar-text", "avatar", 4.5],
  ["on-solid", "success", 4.5],
  ["on-solid", "success-hover", 4.5],
  ["on-solid", "danger", 4.5],
  ["on-solid", "danger-hover", 4.5],
  ["available-text", "available", 4.5],
  ["idle-text", "idle", 4.5],
  ["rona-text", "rona", 4.5],
  ["rona-text", "surface", 4.5],
  ["engaged-text", "engaged", 4.5],
  ["warning-text", "warning", 4.5],
  ["warning-text", "surface", 4.5],
  ["connection-text", "connection", 4.5],
  ["selected-text", "selected", 4.5],
  ["selected-muted", "selected", 4.5],
  ["note-text", "note", 4.5],
];

describe.each<Theme>(["light", "dark"])("A24 in the %s theme", (theme) => {
  it.each(pairs)("%s on %s", (text, background, least) => {
    expect(contrast(text, background, theme)).toBeGreaterThanOrEqual(least);
  });
});

it("A24 no color is left out, but for those that only decorate", () => {
  const decorative = ["border", "hover", "pressed"];
  const colors = [...css.matchAll(/--([\w-]+):\s*(?:light-dark\(#|#)/g)].map((found) => found[1] ?? "");
  const held = new Set(pairs.flatMap(([text, background]) => [text, background]));
  expect(colors.length).toBeGreaterThan(40);
  expect(colors.filter((name) => !held.has(name) && !decorative.includes(name))).toEqual([]);
});
