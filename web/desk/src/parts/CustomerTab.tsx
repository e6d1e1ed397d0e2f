import { Avatar } from "../../../ui/src/Avatar";
import { useLanguage } from "../../../ui/src/language";
import { Code, Name } from "../../../ui/src/Phrase";
import { useThread } from "../live/state";
import { customerName } from "./customerName";
import s from "./CustomerTab.module.css";

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
        <h2 className={s.name}>
          <Name text={customerName(customer.name, t)} />
        </h2>
      </div>
      <dl className={s.facts}>
        {customer.email && (
          <div>
            <dt>{t.labelEmail()}</dt>
            <dd>
              <Code className={s.break ?? ""}>{customer.email}</Code>
            </dd>
          </div>
        )}
        {customer.page && (
          <div>
            <dt>{t.customerPage()}</dt>
            <dd>
              <Code className={s.break ?? ""}>{customer.page}</Code>
            </dd>
          </div>
        )}
        <div>
          <dt>{t.customerLanguage()}</dt>
          <dd>{thread.language === "ar" ? t.langAr() : t.langEn()}</dd>
        </div>
      </dl>
    </div>
  );
}
