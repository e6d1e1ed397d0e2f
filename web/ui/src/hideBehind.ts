/** What stays within reach whatever stands in front of the page: what is spoken. */
const spoken = "[data-live-announcer]";

/** Puts everything else on the page out of reach; called again it is within reach. */
export function hideBehind(front: Element): () => void {
  const hidden: Element[] = [];
  const hide = (parent: Element) => {
    for (const child of parent.children) {
      if (child === front || child.matches(`[inert], script, style, ${spoken}`)) continue;
      if (child.querySelector(spoken)) {
        hide(child);
        continue;
      }
      child.setAttribute("inert", "");
      hidden.push(child);
    }
  };
  hide(document.body);
  return () => {
    for (const element of hidden) element.removeAttribute("inert");
  };
}
