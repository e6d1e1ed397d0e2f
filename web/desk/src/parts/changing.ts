// A wrap-up that was just submitted and is being corrected: asked for in a
// toast, answered in a dialog that no longer has its conversation around it.
import type { Choice } from "../../../ui/src/choices";
import { createStore } from "../live/store";

export interface Correction {
  part: number;
  reasons: readonly Choice[];
  chosen: string | null;
}

export const correction = createStore<Correction | undefined>(undefined);

/** The correction is offered for so long after it was submitted. */
export const offeredMs = 30_000;
