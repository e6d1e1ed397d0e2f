// The language of the page: what the catalogues say, which way the page runs,
// and how dates and figures look. It changes without a reload.
import {
  createContext,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
  type ReactNode,
} from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { load, setDigits, setMoments, type Digits, type Lang, type Messages } from "../../locales";
import { persistently } from "./later";
import { zoneFormats, type Formats } from "./formats";

export type { Digits, Lang, Messages };

export interface Language {
  lang: Lang;
  dir: "ltr" | "rtl";
  /** The digits of figures and timers in the language in force. */
  digits: Digits;
  t: Messages;
  formats: Formats;
  /** Changes the language once its messages are there. */
  choose(lang: Lang): void;
  /** Takes over how the organization writes dates and figures. */
  adopt(conventions: Conventions): void;
}

export interface Conventions {
  digits: Digits;
  /** "" is the browser's. */
  timeZone: string;
  hourCycle: 12 | 24;
}

const Context = createContext<Language | undefined>(undefined);

/** What the person would rather have than what the organization set up. */
export interface Taste {
  digits?: Digits | undefined;
  hourCycle?: 12 | 24 | undefined;
  /** The Hijri date as a second line. */
  hijri?: boolean | undefined;
}

export interface LanguageProviderProps {
  initial: { lang: Lang; messages: Messages };
  conventions?: Conventions;
  taste?: Taste;
  /** The language chosen elsewhere: another tab, another device. The page follows it. */
  wanted?: Lang | undefined;
  /** Called when the person chooses another language, to keep the choice. */
  onChoose?: (lang: Lang) => void;
  children: ReactNode;
}

const noTaste: Taste = {};
const plainConventions: Conventions = { digits: "latn", timeZone: "", hourCycle: 24 };

export function LanguageProvider({
  initial,
  conventions = plainConventions,
  taste = noTaste,
  wanted,
  onChoose,
  children,
}: LanguageProviderProps) {
  const [{ lang, messages }, set] = useState(initial);
  const [usual, adopt] = useState(conventions);
  const { timeZone } = usual;
  const digits = taste.digits ?? usual.digits;
  const hourCycle = taste.hourCycle ?? usual.hourCycle;
  const hijri = taste.hijri ?? false;
  // Messages are made while rendering, so their digits are set there too.
  setDigits(digits);
  const dir = lang === "ar" ? "rtl" : "ltr";
  useEffect(() => {
    document.documentElement.lang = lang;
    document.documentElement.dir = dir;
  }, [lang, dir]);
  const value = useMemo<Language>(() => {
    const own = lang === "ar" ? digits : "latn";
    const formats = zoneFormats(lang, own, timeZone, hourCycle, hijri);
    // Sentences about errors name moments too.
    setMoments(formats.dateTime);
    return {
      lang,
      dir,
      digits: own,
      t: messages,
      formats,
      choose: (next) =>
        void persistently(() => load(next)).then((loaded) => {
          set({ lang: next, messages: loaded });
          onChoose?.(next);
        }),
      adopt,
    };
  }, [lang, dir, digits, messages, timeZone, hourCycle, hijri, onChoose]);
  const follow = useEffectEvent((next: Lang) => next !== lang && value.choose(next));
  useEffect(() => {
    if (wanted) follow(wanted);
  }, [wanted]);
  return (
    <Context value={value}>
      <I18nProvider locale={lang === "ar" ? "ar-AE" : "en-GB"}>{children}</I18nProvider>
    </Context>
  );
}

/** The language in force; a component that calls it is drawn again when it changes. */
export function useLanguage(): Language {
  const value = useContext(Context);
  if (!value) throw new Error("useLanguage outside LanguageProvider");
  return value;
}

/** The messages in force. */
export const useText = (): Messages => useLanguage().t;

/** A name in both languages, in the one in force or else in the other. */
export function inLanguage(name: { en: string; ar: string }, lang: Lang): string {
  return (lang === "ar" && name.ar) || name.en || name.ar;
}
