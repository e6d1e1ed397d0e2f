const isolated = /\u2068([^\u2069]*)\u2069/;

/**
 * A sentence of the catalogues. What was inserted into it comes wrapped in
 * isolating characters; in a page they become <bdi>, which copies cleanly.
 */
export function Phrase({ text }: { text: string }) {
  return <>{text.split(isolated).map((part, i) => (i % 2 === 1 ? <bdi key={i}>{part}</bdi> : part))}</>;
}
