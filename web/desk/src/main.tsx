import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../../ui/tokens.css";
import "../../ui/fonts.css";
import "../../ui/base.css";
import { load, type Lang, type Messages } from "../../locales";
import { LanguageProvider } from "../../ui/src/language";
import { persistently } from "../../ui/src/later";
import { Router } from "./router";
import { changePreferences, preferences } from "./settings";
import { followLook, useTaste } from "./settings/look";

followLook();

/** The server reads the cookie before the first paint of the next visit. */
function keepLanguage(lang: Lang): void {
  document.cookie = `hiwar_lang=${lang}; path=/; max-age=31536000; samesite=lax`;
  if (preferences.get().language !== lang) changePreferences({ language: lang });
}

function Page({ messages }: { messages: Messages }) {
  const { wanted, taste } = useTaste();
  return (
    <LanguageProvider initial={{ lang, messages }} taste={taste} wanted={wanted} onChoose={keepLanguage}>
      <Router />
    </LanguageProvider>
  );
}

const lang: Lang = document.documentElement.lang === "ar" ? "ar" : "en";
// An address may ask for a language; the choice holds from then on.
if (new URLSearchParams(window.location.search).has("lang")) keepLanguage(lang);
const root = document.getElementById("root");
if (root) {
  void persistently(() => load(lang)).then((messages) =>
    createRoot(root).render(
      <StrictMode>
        <Page messages={messages} />
      </StrictMode>,
    ),
  );
}
