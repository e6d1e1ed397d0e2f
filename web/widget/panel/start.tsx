import { useEffect, useRef, useState } from "preact/hooks";
import {
  errorEmailInvalid,
  errorNameInvalid,
  errorTextTooLong,
  wEmail,
  wGreeting,
  wName,
  wNameRequired,
  wOptional,
  wQuestion,
  wQuestionRequired,
  wStart,
  wStartFailed,
} from "../../locales/gen/messages";
import { blank, count, customerLimit, name as nameOf, nameLimit } from "../../protocol/src/text";
import { Icon } from "./icons";
import type { Acts, Model } from "./model";
import { Phrase } from "./phrase";

/** The few things asked before a chat: a name, and what it is about. */
export function Start({ model, acts }: { model: Model; acts: Acts }) {
  const [form, setForm] = useState(() => {
    const { name, email, question } = model.form;
    return { name, email, question };
  });
  const [tried, setTried] = useState(false);
  const fields = useRef<HTMLFormElement>(null);
  const wrong = tried ? check(form) : {};
  const answer = model.form.problem;

  useEffect(() => {
    if (model.shown) fields.current?.querySelector<HTMLElement>("input")?.focus({ preventScroll: true });
  }, [model.shown]);

  const submit = (e: Event) => {
    e.preventDefault();
    if (model.form.sending) return;
    setTried(true);
    const first = Object.keys(check(form))[0];
    if (first) fields.current?.querySelector<HTMLElement>(`[name=${first}]`)?.focus();
    else acts.start(form.name.trim(), form.email.trim(), form.question);
  };
  const field = (name: keyof typeof form) => ({
    id: name,
    name,
    value: form[name],
    "aria-invalid": wrong[name] ? true : undefined,
    "aria-describedby": wrong[name] ? `${name}-wrong` : undefined,
    onInput: (e: Event) => setForm({ ...form, [name]: (e.target as HTMLInputElement).value }),
  });

  return (
    <main class="start">
      <div class="greeting">
        <h2>{wGreeting()}</h2>
      </div>
      <form class="card" ref={fields} onSubmit={submit} noValidate>
        <div class="field">
          <label for="name">{wName()}</label>
          <input {...field("name")} autoComplete="name" required dir="auto" />
          <Wrong id="name-wrong" text={wrong.name} />
        </div>
        <div class="field">
          <label for="email">
            <Phrase text={wOptional({ field: wEmail() })} />
          </label>
          <input {...field("email")} type="email" autoComplete="email" dir="ltr" />
          <Wrong id="email-wrong" text={wrong.email} />
        </div>
        <div class="field">
          <label for="question">{wQuestion()}</label>
          <textarea {...field("question")} rows={3} required dir="auto" />
          <Wrong id="question-wrong" text={wrong.question} />
        </div>
        {answer && <Wrong id="answer" text={`${wStartFailed()}. ${answer.detail}`} alert />}
        <button type="submit" class="primary" aria-disabled={model.form.sending || undefined}>
          {wStart()}
        </button>
      </form>
    </main>
  );
}

function Wrong({ id, text, alert }: { id: string; text: string | undefined; alert?: boolean }) {
  if (!text) return null;
  return (
    <p class="wrong" id={id} role={alert ? "alert" : undefined}>
      <Icon name="alert" size={16} />
      <span>
        <Phrase text={text} />
      </span>
    </p>
  );
}

/** What the server would refuse, said before it is asked. */
function check(form: { name: string; email: string; question: string }) {
  const wrong: Partial<Record<keyof typeof form, string>> = {};
  if (typeof nameOf(form.name, nameLimit) !== "string")
    wrong.name = blank(form.name) ? wNameRequired() : errorNameInvalid({ max: nameLimit });
  if (form.email.trim() && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(form.email.trim())) {
    wrong.email = errorEmailInvalid({ example: "name@example.com" });
  }
  const length = count(form.question);
  if (blank(form.question)) wrong.question = wQuestionRequired();
  else if (length > customerLimit) wrong.question = errorTextTooLong({ count: length, max: customerLimit });
  return wrong;
}
