import { ChevronDown } from "lucide-react";
import { Suspense, useId, useState } from "react";
import { useLanguage } from "../../../ui/src/language";
import { later } from "../../../ui/src/later";
import s from "./Explain.module.css";

const Answer = later(() => import("./Answer").then((m) => m.Answer));

/** "Why was it offered here?", in the details of a conversation. */
export function WhyOffered({ conversation }: { conversation: string }) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <section className={s.why}>
      <button
        type="button"
        className={s.ask}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {t.actionWhyHere()}
        <ChevronDown size={18} aria-hidden="true" />
      </button>
      <div id={id}>
        <Suspense>{open && <Answer conversation={conversation} />}</Suspense>
      </div>
    </section>
  );
}
