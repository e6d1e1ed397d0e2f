// What is spoken without being focused. There is one pair of live regions per
// page; each sentence is added as a node of its own and taken away after a
// second, so that two in quick succession are both read and none is read again.
import { useEffect, useRef } from "react";

export type Urgency = "polite" | "assertive";

const staysMs = 1000;
const regions: Partial<Record<Urgency, HTMLElement>> = {};

/** Has assistive technology read the sentence. Focus does not move. */
export function announce(sentence: string, urgency: Urgency = "polite"): void {
  const region = regions[urgency];
  if (!region || sentence === "") return;
  const node = document.createElement("div");
  node.textContent = sentence;
  region.append(node);
  setTimeout(() => node.remove(), staysMs);
}

/** The two regions; once per page, outside everything that dialogs hide. */
export function LiveRegions() {
  return (
    <div className="sr" data-live-announcer="true">
      <Region urgency="polite" />
      <Region urgency="assertive" />
    </div>
  );
}

function Region({ urgency }: { urgency: Urgency }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const node = ref.current;
    if (!node) return;
    regions[urgency] = node;
    return () => {
      if (regions[urgency] === node) delete regions[urgency];
    };
  }, [urgency]);
  return (
    <div
      ref={ref}
      role={urgency === "assertive" ? "alert" : "status"}
      aria-live={urgency}
      aria-atomic="false"
      aria-relevant="additions"
    />
  );
}
