import { useWords } from "./words";
import { Frame } from "./Frame";
import s from "./Setup.module.css";

/** The first question, each answer in its own letters; the page turns at once. */
export function LanguageStep({ onNext }: { onNext(): void }) {
  const { t, lang, choose } = useWords();
  return (
    <Frame step="language" title={t.wizLang()} onNext={onNext}>
      <p>{t.wizLangIntro()}</p>
      <div className={s.languages}>
        {(["en", "ar"] as const).map((one) => (
          <button
            key={one}
            type="button"
            lang={one}
            className={s.language}
            aria-pressed={lang === one}
            onClick={() => choose(one)}
          >
            {one === "en" ? t.langEn() : t.langAr()}
          </button>
        ))}
      </div>
    </Frame>
  );
}
