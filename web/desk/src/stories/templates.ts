// Templates as an organization would have them.
import type { Template } from "../../../protocol/src/types";

const greetings = { en: "Greetings", ar: "التحية" };
const delivery = { en: "Delivery", ar: "التوصيل" };
const payment = { en: "Payment", ar: "الدفع" };

const when = (moment: "start" | "follow_up" | "end") => ({
  start: false,
  follow_up: false,
  end: false,
  [moment]: true,
});

export const templates: Template[] = [
  {
    id: "tpl_greeting",
    name: { en: "Greeting", ar: "ترحيب بالعميل" },
    group: greetings,
    text: {
      en: "Hello @@customer_name, this is @@agent_name from @@queue. How can I help you?",
      ar: "أهلًا @@customer_name، معك @@agent_name من @@queue. كيف يمكنني المساعدة؟",
    },
    ...when("start"),
  },
  {
    id: "tpl_closing",
    name: { en: "Closing question", ar: "سؤال الختام" },
    group: greetings,
    text: {
      en: "Is there anything else I can help you with?",
      ar: "هل يمكنني مساعدتك في أي شيء آخر؟",
    },
    ...when("end"),
  },
  {
    id: "tpl_status",
    name: { en: "Order on its way", ar: "الطلب في الطريق" },
    group: delivery,
    text: {
      en: "Your order <order_number> left our warehouse today. Carrier: <carrier>.",
      ar: "خرج طلبك <order_number> من مستودعنا اليوم. شركة الشحن: <carrier>.",
    },
    ...when("follow_up"),
  },
  {
    id: "tpl_return",
    name: { en: "How to return", ar: "طريقة الإرجاع" },
    group: delivery,
    text: {
      en: "You can return it within 14 days. The refund follows as soon as we have it.",
      ar: "يمكن إرجاعه خلال 14 يومًا، ويُردّ المبلغ فور وصوله إلينا.",
    },
    ...when("follow_up"),
  },
  {
    id: "tpl_refund",
    name: { en: "Refund granted", ar: "رد المبلغ" },
    group: payment,
    text: {
      en: "We have refunded <refund_amount> for order <order_number>. It takes 3 to 5 working days.",
      ar: "تم رد المبلغ <refund_amount> عن الطلب <order_number>، ويستغرق ذلك من 3 إلى 5 أيام عمل.",
    },
    ...when("follow_up"),
  },
];
