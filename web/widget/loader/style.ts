/**
 * The launcher's look. It lives in a shadow root, so neither side's rules
 * reach the other; it is adopted as a constructed sheet, so a host page that
 * forbids inline styles need not allow any.
 */
export const style = `
:host { all: initial; }
.root { --accent: #1160b7; --on: #fff; position: fixed; inset-block-end: 20px; z-index: 2147483000; }
.root.end { inset-inline-end: 20px; }
.root.start { inset-inline-start: 20px; }
button {
  all: unset; box-sizing: border-box; position: relative; display: grid; place-items: center;
  inline-size: 56px; block-size: 56px; border-radius: 50%; cursor: pointer;
  background: var(--accent); color: var(--on);
  box-shadow: 0 4px 16px rgb(0 0 0 / 20%), 0 1px 3px rgb(0 0 0 / 16%);
  transition: scale 120ms cubic-bezier(.2, 0, 0, 1), box-shadow 140ms;
}
button:hover { scale: 1.05; box-shadow: 0 6px 22px rgb(0 0 0 / 26%); }
button:active { scale: .97; }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
button[hidden] { display: none; }
svg { inline-size: 26px; block-size: 26px; fill: none; stroke: currentcolor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.badge {
  position: absolute; inset-block-start: -3px; inset-inline-end: -3px; box-sizing: border-box; min-inline-size: 22px; block-size: 22px;
  padding-inline: 6px; border: 2px solid #fff; border-radius: 11px; background: #b3141d; color: #fff;
  font: 600 12px/18px system-ui, "Segoe UI", Tahoma, sans-serif; text-align: center;
}
.badge[hidden] { display: none; }
.panel {
  position: absolute; inset-block-end: 72px; box-sizing: border-box;
  inline-size: min(380px, calc(100vw - 40px)); block-size: min(640px, calc(100dvh - 112px));
  border-radius: 16px; overflow: hidden; background: #fff;
  box-shadow: 0 12px 40px rgb(0 0 0 / 24%), 0 0 0 1px rgb(0 0 0 / 6%);
  transform-origin: block-end; animation: in 180ms cubic-bezier(.2, 0, 0, 1);
}
.end .panel { inset-inline-end: 0; }
.start .panel { inset-inline-start: 0; }
.panel[hidden] { display: block; visibility: hidden; pointer-events: none; animation: none; translate: 0 8px; opacity: 0; }
.panel:empty { display: none; }
iframe { display: block; inline-size: 100%; block-size: 100%; border: 0; color-scheme: light dark; }
@keyframes in { from { opacity: 0; translate: 0 8px; } }
@media (max-width: 479px) {
  .panel { position: fixed; inset: 0; inline-size: auto; block-size: auto; border-radius: 0; }
  .root.open button { display: none; }
}
@media (max-height: 440px) { .panel { position: fixed; inset-block: 0; block-size: auto; border-radius: 0; } .root.open button { display: none; } }
@media (prefers-color-scheme: dark) { .panel { background: #1a1c1e; } .badge { border-color: #1a1c1e; } }
@media (prefers-reduced-motion: reduce) { button, .panel { transition: none; animation: none; } button:hover { scale: 1; } }
@media (forced-colors: active) { button, .panel { border: 1px solid ButtonText; } }
@media print { .root { display: none; } }
`;
