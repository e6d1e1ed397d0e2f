import {
  errorEmailInvalid,
  errorNameInvalid,
  errorTextTooLong,
  wAnswerRequired,
  wEmailRequired,
  wMessageTextRequired,
  wNameRequired,
  wPhoneRequired,
  wQuestionRequired,
} from "../../locales/gen/messages";
import { blank, count, customerLimit, name as nameOf, nameLimit } from "../../protocol/src/text";

/** Whether something is asked. */
export type Ask = "no" | "optional" | "required";

export interface Both {
  en: string;
  ar: string;
}

/** What the asset asks beside the name and what it is about. */
export interface Form {
  email: Ask;
  phone: Ask;
  fields: Field[];
}

/** A question of the asset's; without choices its answer is a line of text. */
export interface Field {
  key: string;
  label: Both;
  required: boolean;
  choices: { key: string; label: Both }[];
}

/** What somebody filled in. */
export interface Said {
  name: string;
  email: string;
  phone: string;
  /** By the keys of the fields. */
  answers: Record<string, string>;
  question: string;
}

export const nothing: Said = { name: "", email: "", phone: "", answers: {}, question: "" };

/** The form of an asset that says nothing of it. */
export const plainForm: Form = { email: "optional", phone: "no", fields: [] };

/** So much of it is kept by the server. */
const phoneLimit = 40;
const answerLimit = 255;

/** The answer of a field is named after it among the others. */
export const answerName = (key: string) => `answer-${key}`;

/** What the server would refuse, said before it is asked, in the order of the form. */
export function wrong(said: Said, form: Form, leaving: boolean): Record<string, string> {
  const out: Record<string, string> = {};
  if (typeof nameOf(said.name, nameLimit) !== "string")
    out.name = blank(said.name) ? wNameRequired() : errorNameInvalid({ max: nameLimit });
  if (form.email !== "no") {
    const email = said.email.trim();
    if (!email && form.email === "required") out.email = wEmailRequired();
    else if (email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
      out.email = errorEmailInvalid({ example: "name@example.com" });
  }
  const within = (name: string, text: string, max: number, missing: string) => {
    if (blank(text)) {
      if (missing) out[name] = missing;
    } else if (count(text) > max) out[name] = errorTextTooLong({ count: count(text), max });
  };
  if (form.phone !== "no")
    within("phone", said.phone.trim(), phoneLimit, form.phone === "required" ? wPhoneRequired() : "");
  for (const { key, required } of form.fields) {
    within(answerName(key), (said.answers[key] ?? "").trim(), answerLimit, required ? wAnswerRequired() : "");
  }
  within("question", said.question, customerLimit, leaving ? wMessageTextRequired() : wQuestionRequired());
  return out;
}

/** What is sent of it: answers to what is asked, and nothing that is empty. */
export function asked(said: Said, form: Form) {
  const email = form.email === "no" ? "" : said.email.trim();
  const phone = form.phone === "no" ? "" : said.phone.trim();
  const answers = form.fields
    .map(({ key }) => ({ name: key, value: (said.answers[key] ?? "").trim() }))
    .filter(({ value }) => value);
  return {
    name: said.name.trim(),
    text: said.question,
    ...(email ? { email } : {}),
    ...(phone ? { phone } : {}),
    ...(answers.length ? { answers } : {}),
  };
}
