/** Two speech bubbles that face each other: the same from both sides. */
export function Mark() {
  return (
    <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">
      <rect x="1" y="3" width="17" height="13" rx="5" fill="var(--bubble-agent)" />
      <path d="M5 15v5l6-5z" fill="var(--bubble-agent)" />
      <rect x="10" y="10" width="17" height="13" rx="5" fill="var(--surface)" />
      <rect x="11" y="11" width="15" height="11" rx="4" fill="var(--text-muted)" />
      <path d="M23 21v5l-6-5z" fill="var(--text-muted)" />
    </svg>
  );
}
