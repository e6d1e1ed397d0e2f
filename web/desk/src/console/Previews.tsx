import { useEffect, useState, type ReactNode } from "react";
import type { Name } from "../../../protocol/src/types";
import * as ar from "../../../locales/gen/console.ar";
import * as en from "../../../locales/gen/console.en";
import { inLanguage, type Lang } from "../../../ui/src/language";
import { parseTemplate, type TemplateVariable } from "../../../protocol/src/text/template";
import type { Values } from "../model/templates";
import { Pair } from "./TextFields";
import type { PreviewProps } from "./kind";
import { useWords } from "./words";
import s from "./Console.module.css";

/** What the customer reads in each language, with somebody's names in it; what the agent fills is marked. */
export function TemplatePreview({ mine, config }: PreviewProps) {
  const text = (mine.text ?? {}) as Partial<Name>;
  const organization = { en: "", ar: "", ...(config.organization?.name as Partial<Name> | undefined) };
  const queue = { en: "", ar: "", ...config.queues?.find(({ archived }) => !archived)?.name };
  const said = (lang: Lang) => {
    const words = lang === "ar" ? ar : en;
    const values: Values = {
      customer_name: words.consoleSampleCustomer(),
      agent_name: words.consoleSampleAgent(),
      conversation: words.consoleSampleConversation(),
      queue: inLanguage(queue, lang),
      organization: inLanguage(organization, lang),
    };
    return (
      <p className={s.bubble} lang={lang} dir={lang === "ar" ? "rtl" : "ltr"}>
        {parseTemplate(text[lang] ?? "").parts.map(({ kind, value }, i) =>
          kind === "field" ? (
            <mark key={i}>{value}</mark>
          ) : kind === "variable" ? (
            <bdi key={i}>{values[value as TemplateVariable]}</bdi>
          ) : (
            value
          ),
        )}
      </p>
    );
  };
  if (!text.en && !text.ar) return null;
  return <Preview>{(lang) => text[lang] && said(lang)}</Preview>;
}

const whole = /^#[0-9a-f]{6}$/i;
/** How long a colour has to stay before pages are drawn with it. */
const settledMs = 300;

/** A page with the asset's chat on it, in each of its languages. */
export function AssetPreview({ mine }: PreviewProps) {
  const { t } = useWords();
  const { key, color, languages } = mine as { key?: string; color?: string; languages?: string[] };
  const [settled, setSettled] = useState(color);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(color), settledMs);
    return () => clearTimeout(timer);
  }, [color]);
  if (!key) return null; // it has none until it is stored
  const asked = settled && whole.test(settled) ? `&color=${encodeURIComponent(settled)}` : "";
  return (
    <Preview hint={t.consolePreviewStored()}>
      {(lang) =>
        (languages ?? []).includes(lang) && (
          <iframe
            className={s.shown}
            title={lang === "ar" ? t.consolePreviewAr() : t.consolePreviewEn()}
            src={`/preview/${encodeURIComponent(key)}?lang=${lang}${asked}`}
            loading="lazy"
          />
        )
      }
    </Preview>
  );
}

function Preview({ hint, children }: { hint?: string; children(lang: Lang): ReactNode }) {
  const { t } = useWords();
  return (
    <section className={s.said} aria-label={t.consolePreview()}>
      <p className={s.label}>{t.consolePreview()}</p>
      <Pair en={children("en")} ar={children("ar")} />
      {hint && <p className={s.muted}>{hint}</p>}
    </section>
  );
}
