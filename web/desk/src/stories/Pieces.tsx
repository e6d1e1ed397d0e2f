// Pieces that stand in other sentences on many screens, each in a sentence of
// the language of the page and of the other one.
import { clockText } from "../../../ui/src/duration";
import { useLanguage } from "../../../ui/src/language";
import { Code, Name, Phrase } from "../../../ui/src/Phrase";
import { names } from "./scenes/bidi";

export function Pieces() {
  const { lang } = useLanguage();
  const percent = new Intl.NumberFormat(lang === "ar" ? "ar-u-nu-latn" : "en", {
    style: "percent",
    maximumFractionDigits: 1,
  });
  return (
    <main style={{ padding: "1rem", display: "grid", gap: "0.75rem" }}>
      <h1>{lang === "ar" ? "قطع من الجمل" : "Pieces of sentences"}</h1>
      <p data-piece="B16" dir="ltr">
        <Phrase text={`Chat with \u2068${names.vip}\u2069 – Billing`} />
      </p>
      <p data-piece="B17" dir="rtl">
        <Phrase text={`\u2068${names.latinVip}\u2069: 3 رسائل`} />
      </p>
      <p data-piece="B18" dir="ltr">
        <Phrase text={"\u2068محمد\u2069: 3 messages"} />
      </p>
      <p data-piece="B19" dir="rtl" style={{ inlineSize: "9rem" }}>
        <Name clip text={names.longLatin} />
      </p>
      <p data-piece="B20" dir="ltr" style={{ inlineSize: "9rem" }}>
        <Name clip text={names.longArabic} />
      </p>
      <p data-piece="B23" dir="rtl">
        المدة <Code>{`${clockText(12, "latn")} / ${clockText(65, "latn")}`}</Code> الآن
      </p>
      <p data-piece="B24-minus" dir="rtl">
        الفرق <Code>-5</Code> طلبات
      </p>
      <p data-piece="B24-plus" dir="rtl">
        الفرق <Code>+36.30</Code> ثانية
      </p>
      <p data-piece="B25-count" dir="rtl">
        الأحرف <Code>12/1000</Code> حرف
      </p>
      <p data-piece="B25-percent">{percent.format(0.845)}</p>
      <p data-piece="B29" dir="rtl">
        اضغط <kbd>Ctrl + Alt + A</kbd> لقبول الطلب
      </p>
    </main>
  );
}
