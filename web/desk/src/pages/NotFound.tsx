import { useLanguage } from "../../../ui/src/language";
import { Link } from "../address";
import s from "./PlainPage.module.css";

export function NotFound() {
  const { t } = useLanguage();
  return (
    <main className={s.page}>
      <div className={s.card}>
        <h1 className={s.title}>{t.pageNotFoundTitle()}</h1>
        <p>{t.pageNotFoundBody()}</p>
        <p>
          <Link to="/desk">{t.navDesk()}</Link>
        </p>
      </div>
    </main>
  );
}
