import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import * as ar from "../../../locales/gen/provider.ar";
import * as en from "../../../locales/gen/provider.en";
import { Button } from "../../../ui/src/Button";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { Phrase } from "../../../ui/src/Phrase";
import type { SignedIn } from "../live/session";
import { problemText } from "../parts/problems";
import { keepWay, providerSource, type Provider, type ProviderSource, type Returned } from "./providerSource";
import page from "../pages/PlainPage.module.css";
import s from "./Providers.module.css";

/** The language in force, with the words of this way to sign in. */
function useWords() {
  const language = useLanguage();
  return useMemo(
    () => ({ ...language, t: { ...language.t, ...(language.lang === "ar" ? ar : en) } }),
    [language],
  );
}

export interface ProvidersProps {
  /** Whose ways to sign in are offered; "" is the only organization's. */
  organization: string;
  /** Where to be brought afterwards. */
  back: string;
  /** What a provider has sent the browser back with; it is used once. */
  returned?: Returned | undefined;
  /** Signs in by an attempt, and asks for the code where one is wanted. */
  enter(attempt: (step?: string) => Promise<SignedIn>): Promise<void>;
  source?: ProviderSource;
}

/** The ways to sign in through another system, below the password. Where none answers, the password still does. */
export function Providers({ organization, back, returned, enter, source = providerSource }: ProvidersProps) {
  const { t, lang } = useWords();
  const [offered, offer] = useState<{ organization?: string; providers: Provider[] }>();
  const [leaving, leave] = useState<Provider>();
  const [arriving, setArriving] = useState(returned !== undefined);
  const [refused, refuse] = useState<unknown>();
  const used = useRef(false);
  useEffect(() => {
    source.offered(organization).then(offer, () => undefined); // the password is there
  }, [source, organization]);
  const arrive = useEffectEvent((by: Returned) => {
    enter((step) => source.finish(step === undefined ? by : { step })).catch((error: unknown) => {
      setArriving(false);
      refuse(error);
    });
  });
  useEffect(() => {
    if (returned === undefined || used.current) return;
    used.current = true;
    arrive(returned);
  }, [returned]);
  const go = (provider: Provider) => {
    if (leaving || arriving || !offered?.organization) return;
    leave(provider);
    refuse(undefined);
    keepWay({ back, organization });
    source.begin(offered.organization, provider.id).then(source.leave, (error: unknown) => {
      leave(undefined);
      refuse(error);
    });
  };
  const nameOf = (provider: Provider) => inLanguage(provider.name, lang);
  return (
    <>
      {arriving && (
        <p role="status" className={page.notice}>
          {t.providerArriving()}
        </p>
      )}
      {refused !== undefined && (
        <p role="alert" className={`${page.failure} ${s.told}`}>
          <Phrase text={problemText(refused, t)} />
        </p>
      )}
      {offered && offered.providers.length > 0 && (
        <div className={page.form}>
          <p className={s.or}>{t.providerOr()}</p>
          {offered.providers.map((provider) => (
            <Button
              key={provider.id}
              unavailable={leaving || arriving ? "" : undefined}
              onPress={() => go(provider)}
            >
              {/* One piece: the parts of a button stand apart from each other. */}
              <span className={s.way}>
                <Phrase
                  text={
                    leaving === provider
                      ? t.providerLeaving({ name: nameOf(provider) })
                      : t.providerWith({ name: nameOf(provider) })
                  }
                />
              </span>
            </Button>
          ))}
        </div>
      )}
    </>
  );
}
