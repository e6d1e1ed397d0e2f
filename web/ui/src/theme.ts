// How a page looks: light, dark, or as the system says, and how much room its
// rows take. It is written on the root element, which tokens.css reads.

export type Theme = "system" | "light" | "dark";
export type Density = "comfortable" | "compact";

export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
}

export function applyDensity(density: Density): void {
  const root = document.documentElement;
  if (density === "comfortable") delete root.dataset.density;
  else root.dataset.density = density;
}
