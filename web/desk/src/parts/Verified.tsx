import { BadgeCheck } from "lucide-react";
import { useLanguage } from "../../../ui/src/language";
import s from "./Verified.module.css";

/** Says that the site has signed who the customer is: in words, or where there is no room by its name. */
export function Verified({ brief = false }: { brief?: boolean }) {
  const { t } = useLanguage();
  const icon = <BadgeCheck size={16} aria-hidden="true" />;
  if (!brief) {
    return (
      <span className={s.badge}>
        {icon}
        {t.customerVerified()}
      </span>
    );
  }
  return (
    <span className={s.badge} role="img" aria-label={t.customerVerified()} title={t.customerVerified()}>
      {icon}
    </span>
  );
}
