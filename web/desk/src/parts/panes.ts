// The panes that F6 moves between: elements with data-pane.

/** Moves focus to the next pane: an element with data-pane, at its data-pane-start if it has one. */
export function movePane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter((pane) =>
    pane.checkVisibility(),
  );
  if (panes.length === 0) return;
  const at = panes.findLastIndex((pane) => pane.contains(document.activeElement));
  const next =
    panes[(at === -1 ? (step === 1 ? 0 : panes.length - 1) : at + step + panes.length) % panes.length];
  if (next) focusPane(next);
}

function focusPane(pane: HTMLElement): void {
  const start = pane.querySelector<HTMLElement>("[data-pane-start]");
  const target =
    start ??
    pane.querySelector<HTMLElement>("button, a[href], input, textarea, [tabindex]:not([tabindex='-1'])") ??
    pane;
  target.focus();
}

/** Moves focus to the pane of that name, if it is on the page. */
export function goToPane(name: string): boolean {
  const pane = document.querySelector<HTMLElement>(`[data-pane="${name}"]`);
  if (pane) focusPane(pane);
  return pane !== null;
}
