/** The few pictures the panel needs, drawn on a grid of 24. */
const paths = {
  chevron: "m6 9 6 6 6-6",
  send: "M4 12 20 4l-5.5 16-3.2-6.3L4 12Zm7.3 1.7L20 4",
  end: "M18 6 6 18M6 6l12 12",
  check: "m5 12.5 4.5 4.5L19 7.5",
  checks: "m2 12.5 4.5 4.5L15 8m-3.2 8.2.8.8L22 7.5",
  clock: "M12 7v5l3 2m6-2a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
  alert: "M12 8v5m0 3.5v.01M10.3 4 2.6 17.5A2 2 0 0 0 4.3 20.5h15.4a2 2 0 0 0 1.7-3L13.7 4a2 2 0 0 0-3.4 0Z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7 8a7 7 0 0 1 14 0",
  wave: "M21 11.5a8.4 8.4 0 0 1-8.9 8.3 9.6 9.6 0 0 1-3.8-.8L3 20.5l1.7-4.3A8.2 8.2 0 0 1 3.2 11.5 8.6 8.6 0 0 1 12.1 3.2 8.6 8.6 0 0 1 21 11.5Z",
  star: "m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1.1 5.9-5.3-2.9-5.3 2.9 1.1-5.9L3.5 9.7l5.9-.8L12 3.5Z",
  clip: "m20 11.5-8.2 8.2a5.3 5.3 0 0 1-7.5-7.5l8.5-8.5a3.5 3.5 0 0 1 5 5l-8.5 8.4a1.7 1.7 0 0 1-2.5-2.4L14.5 7",
  page: "M7 3.5h7l4.5 4.5v12.5h-11.5a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1ZM14 3.5V8h4.5",
  picture: "M4 5h16v14H4Zm0 11 4.5-4.5 3.5 3.5 3-3 5 5M15 9.5v.01",
  table: "M4 5h16v14H4Zm0 5h16M4 14.5h16M10 5v14",
  file: "M12 4v10m0 0 4-4m-4 4-4-4M5 19h14",
};

export function Icon({ name, size = 20 }: { name: keyof typeof paths; size?: number }) {
  return (
    <svg class={`icon icon-${name}`} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
