// What a story is: a state of the desk, and what a person does to it before
// the picture is taken.
import type { Actions, DeskState } from "../live/state";
import type { Hands } from "./hands";

export interface Story {
  state: DeskState;
  /** The conversation in the address. */
  open?: string;
  /** Another address below /desk. */
  path?: string;
  /** Written into the compose box before the story begins. */
  draft?: string;
  /** What is done once the page is drawn; the picture is taken afterwards. */
  then?(hands: Hands): Promise<void>;
  /** Drawn for how fast it is, which is measured elsewhere; its picture would say nothing. */
  forSpeed?: boolean;
  /** Where the desk behaves otherwise than one whose server does as it is told. */
  actions?: Partial<Actions>;
}
