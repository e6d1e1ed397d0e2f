import { Ban } from "lucide-react";
import { Suspense, useState } from "react";
import { Avatar } from "../../../ui/src/Avatar";
import { Button } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { later } from "../../../ui/src/later";
import { zoneFormats } from "../../../ui/src/formats";
import { useNow } from "../../../ui/src/now";
import { Code, Name } from "../../../ui/src/Phrase";
import type { CustomerCard } from "../../../protocol/src/types";
import { WhyOffered } from "../explain/WhyOffered";
import { useThread } from "../live/state";
import { customerName } from "./customerName";
import { Verified } from "./Verified";
import s from "./CustomerTab.module.css";

const BlockCustomer = later(() => import("../admin/BlockCustomer").then((m) => m.BlockCustomer));

/** What is known of the customer. */
export function CustomerTab({ conversation }: { conversation: string }) {
  const { t } = useLanguage();
  const thread = useThread(conversation).conversation;
  const customer = thread?.customer;
  if (!customer) return null;
  return (
    <div className={s.customer}>
      <div className={s.head}>
        <Avatar name={customer.name} size="large" />
        <div className={s.name}>
          <h2>
            <Name text={customerName(customer.name, t)} />
          </h2>
          {customer.verified && <Verified />}
        </div>
      </div>
      <dl className={s.facts}>
        {customer.email && (
          <div>
            <dt>{t.labelEmail()}</dt>
            <dd>
              <Contact
                of={customer.email}
                hidden={customer.contact_hidden}
                href={`mailto:${encodeURIComponent(customer.email).replace("%40", "@")}`}
              />
            </dd>
          </div>
        )}
        {customer.phone && (
          <div>
            <dt>{t.customerPhone()}</dt>
            <dd>
              <Contact
                of={customer.phone}
                hidden={customer.contact_hidden}
                href={`tel:${customer.phone.replace(/[^\d+]/g, "")}`}
              />
            </dd>
          </div>
        )}
        {customer.page && (
          <div>
            <dt>{t.customerPage()}</dt>
            <dd>
              {customer.page_title && (
                <span className={s.page}>
                  <Name text={customer.page_title} />
                </span>
              )}
              <Code className={s.break ?? ""}>{customer.page}</Code>
            </dd>
          </div>
        )}
        {customer.referrer && (
          <div>
            <dt>{t.customerReferrer()}</dt>
            <dd>
              <Code className={s.break ?? ""}>{customer.referrer}</Code>
            </dd>
          </div>
        )}
        <div>
          <dt>{t.customerLanguage()}</dt>
          <dd>{thread.language === "ar" ? t.langAr() : t.langEn()}</dd>
        </div>
        {customer.time_zone && <LocalTime zone={customer.time_zone} />}
        {customer.visits !== undefined && (
          <div>
            <dt>{t.customerVisits()}</dt>
            <dd>{t.numberPlain({ n: customer.visits })}</dd>
          </div>
        )}
      </dl>
      <Said title={t.customerAnswers()} all={customer.answers} />
      <Said title={t.customerSigned()} all={customer.signed} />
      <Said title={t.customerAttributes()} all={customer.attributes} />
      <WhyOffered key={conversation} conversation={conversation} />
      <Blocking
        key={`block ${conversation}`}
        conversation={conversation}
        name={customerName(customer.name, t)}
      />
    </div>
  );
}

interface ContactProps {
  of: string;
  /** Too little is left of it to be written to. */
  hidden: boolean | undefined;
  href: string;
}

/** How to reach the customer outside of the chat. */
function Contact({ of: text, hidden, href }: ContactProps) {
  const { t } = useLanguage();
  const code = <Code className={s.break ?? ""}>{text}</Code>;
  if (!hidden) return <a href={href}>{code}</a>;
  return (
    <>
      {code} <span className={s.zone}>{t.customerContactHidden()}</span>
    </>
  );
}

/** The way to keep the customer from writing. */
function Blocking({ conversation, name }: { conversation: string; name: string }) {
  const { t } = useLanguage();
  const [asked, ask] = useState(false);
  return (
    <div>
      <Button icon={<Ban size={18} aria-hidden="true" />} onPress={() => ask(true)}>
        {t.actionBlock()}
      </Button>
      <Suspense>
        {asked && <BlockCustomer conversation={conversation} name={name} onClose={() => ask(false)} />}
      </Suspense>
    </div>
  );
}

/** What time it is where the customer is. A zone that this browser does not know says nothing. */
function LocalTime({ zone }: { zone: string }) {
  const { t, lang, digits } = useLanguage();
  const now = useNow();
  let time: string;
  try {
    time = zoneFormats(lang, digits, zone).time(now);
  } catch {
    return null;
  }
  return (
    <div>
      <dt>{t.customerLocalTime()}</dt>
      <dd>
        <Code>{time}</Code> <bdi className={s.zone}>{zone}</bdi>
      </dd>
    </div>
  );
}

/** What the form before the chat or the site said, in their own words. */
function Said({ title, all }: { title: string; all: CustomerCard["answers"] }) {
  if (!all || all.length === 0) return null;
  return (
    <section className={s.said} aria-label={title}>
      <h3 className={s.heading}>{title}</h3>
      <dl className={s.facts}>
        {all.map(({ name, value }) => (
          <div key={name}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>
              <Name text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
