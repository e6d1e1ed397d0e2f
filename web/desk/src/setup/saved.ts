// A step that is saved: the organization's whole configuration, and the way to
// change parts of it together with which step comes next.
import { useState } from "react";
import { problemText } from "../parts/problems";
import type { Organization, Part, SetupSource, Whole } from "./source";
import { after, further, type Kept, type Step } from "./steps";
import { useWords } from "./words";

export interface Saved {
  whole: Whole;
  source: SetupSource;
  busy: boolean;
  refused: string;
  /** Keeps what a step changes; with done, the step after it comes next. */
  save(part: Part, done?: Step): Promise<boolean>;
}

/** The organization with the step after the one that is done, unless it is further already. */
export function passed(o: Organization, done: Step | undefined): Organization {
  if (done === undefined) return o;
  const kept: Kept = o.settings.setup ?? "";
  return { ...o, settings: { ...o.settings, setup: further(kept, after(done)) } };
}

export function useSaved(
  source: SetupSource,
  whole: Whole,
  loaded: (whole: Whole) => void,
  onDone: (step: Step) => void,
): Saved {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const [refused, refuse] = useState("");
  return {
    whole,
    source,
    busy,
    refused,
    async save(part, done) {
      setBusy(true);
      refuse("");
      try {
        const { format, version } = whole;
        const organization = passed(part.organization ?? whole.organization, done);
        await source.apply({ format, version, ...part, organization });
        loaded(await source.load());
        if (done) onDone(done);
        return true;
      } catch (error) {
        refuse(problemText(error, t));
        // Somebody else changed something: what is saved next is put on that.
        await source.load().then(loaded, () => undefined);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
