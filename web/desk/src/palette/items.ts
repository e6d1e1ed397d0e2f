// What the palette offers now, and what each is found by: made from the state
// of the desk, in the words of both languages.
import type { Messages } from "../../../locales";
import { plain } from "../../../ui/src/Phrase";
import type { Card, Name, Targets, Template } from "../../../protocol/src/types";
import { fullName } from "../model/reasonTree";
import type { Action } from "../model/shortcuts";
import type { Reason } from "../live/state";
import type { Preferences } from "../settings";
import { queryWords, saidOf, score, wordsOf, type Words } from "./match";

export type Group = "recent" | "chat" | "go" | "me" | "help";

export interface Item {
  id: string;
  group: Group;
  text: string;
  words: Words;
  /** The action whose shortcut stands beside it. */
  action?: Action | undefined;
  /** Asks again before it is done. */
  danger?: boolean;
  /** Only found, never listed: there may be a thousand. */
  many?: boolean;
  run(): void;
}

/** What the page can do for the palette. */
export interface Doing {
  can(action: Action): boolean;
  run(action: Action): void;
  transfer(to: { queue: string } | { agent: string }): void;
  conference(agent: string): void;
  wrapUp(reason: string): void;
  open(conversation: string): void;
  home(): void;
  statistics(): void;
  insert(template: Template): void;
  administration(): void;
  presence(presence: "available" | "idle", reason?: string): void;
  language(lang: "ar" | "en"): void;
  prefer(change: Partial<Preferences>): void;
  signOut(): void;
}

export interface Surroundings {
  t: Messages;
  /** The words of the other language, once they are there. */
  other: Messages | undefined;
  cards: readonly Card[];
  /** The conversation that is open. */
  open: string | undefined;
  targets: Targets | undefined;
  reasons: readonly Reason[];
  /** What the open conversation's compose box would take. */
  templates: readonly Template[];
  presence: string | undefined;
  silent: boolean;
  administrator: boolean;
  maySignOut: boolean;
}

export function itemsOf(at: Surroundings, doing: Doing): Item[] {
  const { t, other } = at;
  const lang = t.lang;
  const named = (name: Name) => ({ here: name[lang] || name.en || name.ar, all: `${name.en} ${name.ar}` });
  const item = (
    id: string,
    group: Group,
    say: (t: Messages) => string,
    run: () => void,
    more: Partial<Item> & { also?: string; called?(t: Messages): string } = {},
  ): Item => {
    const { also = "", called, ...rest } = more;
    const text = plain(say(t));
    const others = [other && say(other), also, called?.(t), other && called?.(other)];
    return { id, group, text, words: wordsOf(text, others.filter(Boolean).join(" ")), run, ...rest };
  };
  /** An action of the page, while the page can do it. */
  const act = (
    action: Action,
    group: Group,
    say: (t: Messages) => string,
    more: Partial<Item> & { called?(t: Messages): string } = {},
  ): Item[] =>
    doing.can(action) ? [item(action, group, say, () => doing.run(action), { action, ...more })] : [];

  /** The same for each of what may be a thousand agents: only their names differ. */
  const agents = (
    what: string,
    say: (t: Messages, name: string) => string,
    called: (t: Messages) => string,
    run: (user: string) => void,
  ): Item[] => {
    const others = other ? `${say(other, "")} ${called(other)}` : "";
    const words = saidOf(say(t, ""), `${others} ${called(t)}`);
    return (at.targets?.agents ?? []).map((agent) => {
      let known: Words | undefined;
      return {
        id: `${what} ${agent.user}`,
        group: "chat",
        text: plain(say(t, agent.name)),
        get words() {
          return (known ??= words(nameWords(agent)));
        },
        many: true,
        run: () => run(agent.user),
      };
    });
  };

  const card = at.cards.find((c) => c.conversation === at.open && c.kind !== "request");
  const conference = card?.status === "conference";
  const found: Item[] = [
    ...act("accept", "chat", (m) => m.keysAccept(), {
      called: (m) => `${m.actionAccept()} ${m.paletteAlsoAccept()}`,
    }),
    ...act("acceptAll", "chat", (m) => m.keysAcceptAll(), { called: (m) => m.actionAcceptAllShort() }),
    ...act("transfer", "chat", (m) => m.actionTransfer(), { called: (m) => m.paletteAlsoTransfer() }),
    ...act("conference", "chat", (m) => (conference ? m.actionEndConference() : m.actionConference()), {
      called: (m) => m.paletteAlsoConference(),
      danger: conference,
    }),
    ...(conference
      ? []
      : act("end", "chat", (m) => m.actionEnd(), { called: (m) => m.paletteAlsoEnd(), danger: true })),
    ...(at.cards.some((c) => c.kind === "wrapup")
      ? act("wrapup", "chat", (m) => m.keysWrapup(), { called: (m) => m.labelWrapup() })
      : []),
    ...act("reply", "chat", (m) => m.keysReply(), { called: (m) => m.composeModeReply() }),
  ];
  if (doing.can("transfer")) {
    for (const queue of at.targets?.queues ?? []) {
      const { here, all } = named(queue.name);
      found.push(
        item(
          `transfer ${queue.id}`,
          "chat",
          (m) => m.paletteTransferTo({ name: here }),
          () => doing.transfer({ queue: queue.id }),
          {
            also: all,
            called: (m) => `${m.actionTransfer()} ${m.paletteAlsoTransfer()}`,
          },
        ),
      );
    }
    found.push(
      ...agents(
        "transfer",
        (m, name) => m.paletteTransferTo({ name }),
        (m) => m.actionTransfer(),
        (agent) => doing.transfer({ agent }),
      ),
    );
  }
  if (doing.can("conference") && !conference)
    found.push(
      ...agents(
        "conference",
        (m, name) => m.paletteConferenceWith({ name }),
        (m) => m.paletteAlsoConference(),
        doing.conference,
      ),
    );
  for (const template of at.templates) {
    const { here, all } = named(template.name);
    found.push(
      item(
        `template ${template.id}`,
        "chat",
        (m) => m.paletteTemplate({ name: here }),
        () => doing.insert(template),
        { also: `${all} ${named(template.group).all}`, many: true },
      ),
    );
  }
  for (const id of card?.kind === "wrapup" ? (card.wrapup?.reasons ?? []) : []) {
    const reason = at.reasons.find((r) => r.id === id);
    if (!reason) continue;
    const { here, all } = named(fullName(reason, at.reasons));
    found.push(
      item(
        `wrapup ${id}`,
        "chat",
        (m) => m.paletteWrapup({ reason: here }),
        () => doing.wrapUp(id),
        { also: all },
      ),
    );
  }
  for (const c of at.cards) {
    if (c.kind === "request" || c.conversation === at.open) continue;
    found.push(
      item(
        `go ${c.conversation}`,
        "go",
        (m) => m.paletteGoTo({ name: c.customer.name || m.customerUnnamed() }),
        () => doing.open(c.conversation),
        { also: named(c.queue.name).all, called: (m) => m.labelConversationList() },
      ),
    );
  }
  found.push(
    ...act("requests", "go", (m) => m.paletteGoRequests()),
    ...act("next", "go", (m) => m.keysNext()),
    ...act("previous", "go", (m) => m.keysPrevious()),
    item("home", "go", (m) => m.navHome(), doing.home, {
      called: (m) => `${m.navDesk()} ${m.paletteAlsoHome()}`,
    }),
    item("statistics", "go", (m) => m.navMe(), doing.statistics),
    ...act("tasks", "go", (m) => m.keysTasks()),
    ...act("aside", "go", (m) => m.keysAside()),
  );
  if (at.administrator) found.push(item("admin", "go", (m) => m.navAdmin(), doing.administration));

  found.push(...act("why", "me", (m) => m.actionWhy()));
  if (at.presence !== "available")
    found.push(
      item(
        "available",
        "me",
        (m) => m.actionGoAvailable(),
        () => doing.presence("available"),
        {
          action: "available",
          called: (m) => `${m.stateAvailable()} ${m.paletteAlsoAvailable()}`,
        },
      ),
    );
  found.push(
    item(
      "idle",
      "me",
      (m) => m.stateIdle(),
      () => doing.presence("idle"),
      { called: (m) => m.paletteAlsoIdle() },
    ),
  );
  for (const reason of at.reasons) {
    if (reason.kind !== "idle" || reason.id === "rsn_declined") continue;
    const { here, all } = named(reason.name);
    found.push(
      item(
        `idle ${reason.id}`,
        "me",
        (m) => m.stateIdleFor({ reason: here }),
        () => doing.presence("idle", reason.id),
        {
          also: all,
          called: (m) => m.paletteAlsoIdle(),
        },
      ),
    );
  }
  found.push(
    ...act("state", "me", (m) => m.actionChangeState()),
    ...act("silent", "me", (m) => (at.silent ? m.meSoundOn() : m.paletteMute()), {
      called: (m) => `${m.meSilent()} ${m.paletteAlsoSilent()}`,
    }),
    ...act("notifications", "me", (m) => m.paletteNotifications(), {
      called: (m) => m.termNotificationCenter(),
    }),
    item(
      "language",
      "me",
      (m) => (lang === "ar" ? m.langEn() : m.langAr()),
      () => doing.language(lang === "ar" ? "en" : "ar"),
      {
        called: (m) => `${m.labelLanguage()} ${m.langSwitch()} English Arabic العربية الإنجليزية`,
      },
    ),
    item(
      "theme dark",
      "me",
      (m) => m.paletteTheme({ name: m.meThemeDark() }),
      () => doing.prefer({ theme: "dark" }),
      {
        called: (m) => m.paletteAlsoDark(),
      },
    ),
    item(
      "theme light",
      "me",
      (m) => m.paletteTheme({ name: m.meThemeLight() }),
      () => doing.prefer({ theme: "light" }),
      {
        called: (m) => m.paletteAlsoLight(),
      },
    ),
    item(
      "theme system",
      "me",
      (m) => m.paletteTheme({ name: m.meThemeSystem() }),
      () => doing.prefer({ theme: "system" }),
    ),
    item(
      "density compact",
      "me",
      (m) => m.paletteDensity({ name: m.meDensityCompact() }),
      () => doing.prefer({ density: "compact" }),
    ),
    item(
      "density comfortable",
      "me",
      (m) => m.paletteDensity({ name: m.meDensityComfortable() }),
      () => doing.prefer({ density: "comfortable" }),
    ),
  );
  if (at.maySignOut)
    found.push(
      item("sign out", "me", (m) => m.actionSignOut(), doing.signOut, {
        called: (m) => m.paletteAlsoSignOut(),
        danger: true,
      }),
    );
  found.push(
    ...act("shortcuts", "help", (m) => m.meShortcuts(), { called: (m) => m.paletteAlsoShortcuts() }),
    ...act("settings", "help", (m) => m.settingsTitle(), { called: (m) => m.paletteAlsoSettings() }),
  );
  return found;
}

const namesOf = new WeakMap<object, readonly string[]>();

function nameWords(agent: { name: string }): readonly string[] {
  let words = namesOf.get(agent);
  if (!words) namesOf.set(agent, (words = queryWords(agent.name)));
  return words;
}

/** So many rows at most: more than that nobody reads. */
const most = 50;
const fallbacks = ["shortcuts", "settings", "admin"];

export interface Found {
  items: Item[];
  /** The query found nothing; these may help instead. */
  instead: boolean;
}

/**
 * What a query finds, the best first and each group together; without one,
 * what was used last and then everything by context.
 */
export function search(
  items: readonly Item[],
  query: string,
  recent: readonly string[],
  inChat: boolean,
): Found {
  const words = queryWords(query);
  if (words.length === 0) {
    const last = recent.flatMap((id) => items.find((item) => item.id === id) ?? []);
    const others = items.filter((item) => !item.many && !last.includes(item));
    return {
      items: [
        ...last.map((item) => ({ ...item, group: "recent" as const })),
        ...byGroup(others, inChat),
      ].slice(0, most),
      instead: false,
    };
  }
  const scored = items
    .map((item) => ({ item, value: score(words, item.words) + (recent.includes(item.id) ? 0.05 : 0) }))
    .filter(({ value }) => value > 0.05);
  if (scored.length === 0)
    return { items: items.filter((item) => fallbacks.includes(item.id)), instead: true };
  scored.sort((a, b) => b.value - a.value);
  const best = scored.slice(0, most).map(({ item }) => item);
  // A group stands where its best is.
  const order = [...new Set(best.map((item) => item.group))];
  return { items: order.flatMap((group) => best.filter((item) => item.group === group)), instead: false };
}

function byGroup(items: readonly Item[], inChat: boolean): Item[] {
  const order: Group[] = inChat ? ["chat", "go", "me", "help"] : ["go", "me", "chat", "help"];
  return order.flatMap((group) => items.filter((item) => item.group === group));
}
