import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../../ui/tokens.css";
import "../../ui/fonts.css";
import "../../ui/base.css";
import { load, type Lang } from "../../locales";
import { LanguageProvider } from "../../ui/src/language";
import { persistently } from "../../ui/src/later";
import { applyTheme, storedTheme } from "../../ui/src/theme";
import { Router } from "./router";

applyTheme(storedTheme());

/** The server reads it before the first paint of the next visit. */
function keepLanguage(lang: Lang): void {
  document.cookie = `hiwar_lang=${lang}; path=/; max-age=31536000; samesite=lax`;
}

const lang: Lang = document.documentElement.lang === "ar" ? "ar" : "en";
// An address may ask for a language; the choice holds from then on.
if (new URLSearchParams(window.location.search).has("lang")) keepLanguage(lang);
const root = document.getElementById("root");
if (root) {
  void persistently(() => load(lang)).then((messages) =>
    createRoot(root).render(
      <StrictMode>
        <LanguageProvider initial={{ lang, messages }} onChoose={keepLanguage}>
          <Router />
        </LanguageProvider>
      </StrictMode>,
    ),
  );
}
