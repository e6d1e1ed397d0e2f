import type { ComponentChild } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import {
  actionRetry,
  wCheckConnection,
  wChoose,
  wClosed,
  wClosedPlain,
  wEarlier,
  wEmail,
  wGreeting,
  wIdentityRequired,
  wMessageInstead,
  wMessageSend,
  wMessageText,
  wMessageTitle,
  wName,
  wOptional,
  wPhone,
  wQuestion,
  wStart,
  wStartFailed,
  wStarting,
} from "../../locales/gen/messages";
import { whenOpen } from "./format";
import { answerName, plainForm, wrong, type Said } from "./form";
import { Icon } from "./icons";
import { Live } from "./live";
import type { Acts, Door, Model } from "./model";
import { Phrase } from "./phrase";

/** What is asked before a chat, or with a message that is left where nobody is there. */
export function Start({ model, acts }: { model: Model; acts: Acts }) {
  const door = model.config?.door;
  const closed = door && !door.open;
  return (
    <main class="start">
      <div class="greeting">
        <h2>{wGreeting()}</h2>
        {closed && <Closed door={door} model={model} />}
      </div>
      {model.config?.identity_required && !model.verified ? (
        <div class="card">
          <p class="note">{wIdentityRequired()}</p>
        </div>
      ) : closed && !door.leave_message ? (
        <div class="card">
          <button type="button" class="quiet" onClick={() => acts.retry()}>
            {actionRetry()}
          </button>
        </div>
      ) : (
        <Questions key={model.form.version} model={model} acts={acts} />
      )}
      {model.earlier && (
        <button type="button" class="quiet" onClick={() => acts.earlier()}>
          {wEarlier()}
        </button>
      )}
    </main>
  );
}

/** What the queue says, and when it opens in the customer's own time. */
function Closed({ door, model }: { door: Door; model: Model }) {
  const { lang } = model;
  const said = door.text && (door.text[lang] || door.text.en || door.text.ar);
  const when = door.opens_at;
  return (
    <div class="closed">
      <p>
        <Icon name="clock" size={18} />
        <span>
          <Phrase text={when ? wClosed({ when: whenOpen(when, lang) }) : wClosedPlain()} />
        </span>
      </p>
      {said && <p dir="auto">{said}</p>}
    </div>
  );
}

function Questions({ model, acts }: { model: Model; acts: Acts }) {
  const [said, setSaid] = useState<Said>(model.form.said);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const asks = model.config?.form ?? plainForm;
  const { leaving, problem, sending } = model.form;
  // A browser that has work to do first may take a moment.
  const working = sending && !model.verified && Boolean(model.config?.work);
  const wrongs = tried ? wrong(said, asks, leaving) : {};

  useEffect(() => {
    if (model.shown) form.current?.querySelector<HTMLElement>("input")?.focus({ preventScroll: true });
  }, [model.shown]);

  // Where a press or Enter arrives, and not where the form is submitted: a page
  // in a sandbox without forms submits none.
  const submit = (e: Event) => {
    e.preventDefault();
    if (sending) return;
    setTried(true);
    const first = Object.keys(wrong(said, asks, leaving))[0];
    if (first) form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
    else acts.start(said);
  };
  const change = (next: Partial<Said>) => {
    setSaid({ ...said, ...next });
    acts.filled({ ...said, ...next });
  };
  const about = (name: string) => ({
    id: name,
    name,
    "aria-invalid": wrongs[name] ? true : undefined,
    "aria-describedby": wrongs[name] ? `${name}-wrong` : undefined,
  });
  const line = (name: "name" | "email" | "phone" | "question") => ({
    ...about(name),
    value: said[name],
    onInput: (e: Event) => change({ [name]: (e.target as HTMLInputElement).value }),
  });
  const answer = (key: string) => ({
    ...about(answerName(key)),
    value: said.answers[key] ?? "",
    onInput: (e: Event) =>
      change({ answers: { ...said.answers, [key]: (e.target as HTMLInputElement).value } }),
  });
  const field = (name: string, label: string, required: boolean, input: ComponentChild) => (
    <div class="field" key={name}>
      <label for={name}>{required ? label : <Phrase text={wOptional({ field: label })} />}</label>
      {input}
      <Wrong id={`${name}-wrong`} text={wrongs[name]} />
    </div>
  );

  return (
    <form class="card" ref={form} noValidate>
      {leaving && <p class="note">{wMessageTitle()}</p>}
      {field("name", wName(), true, <input {...line("name")} autoComplete="name" required dir="auto" />)}
      {asks.email !== "no" &&
        field(
          "email",
          wEmail(),
          asks.email === "required",
          <input {...line("email")} type="email" autoComplete="email" dir="ltr" />,
        )}
      {asks.phone !== "no" &&
        field(
          "phone",
          wPhone(),
          asks.phone === "required",
          <input {...line("phone")} type="tel" autoComplete="tel" dir="ltr" />,
        )}
      {asks.fields.map(({ key, label, required, choices }) =>
        field(
          answerName(key),
          label[model.lang] || label.en || label.ar,
          required,
          choices.length > 0 ? (
            <select {...answer(key)}>
              <option value="">{wChoose()}</option>
              {choices.map((c) => (
                <option key={c.key} value={c.key}>
                  {c.label[model.lang] || c.label.en || c.label.ar}
                </option>
              ))}
            </select>
          ) : (
            <input {...answer(key)} dir="auto" />
          ),
        ),
      )}
      {field(
        "question",
        leaving ? wMessageText() : wQuestion(),
        true,
        <textarea {...line("question")} rows={leaving ? 5 : 3} required dir="auto" />,
      )}
      {problem && (
        <Wrong id="answer" text={problem.detail || `${wStartFailed()}. ${wCheckConnection()}`} alert />
      )}
      {problem?.leave && (
        <button type="button" class="quiet" onClick={() => acts.leave()}>
          {wMessageInstead()}
        </button>
      )}
      <button type="submit" class="primary" aria-disabled={sending || undefined} onClick={submit}>
        {working ? wStarting() : leaving ? wMessageSend() : wStart()}
      </button>
      <Live sentence={working ? wStarting() : ""} />
    </form>
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
