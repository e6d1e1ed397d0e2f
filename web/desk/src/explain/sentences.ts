// What explanations say in words: one sentence for every code that the server
// gives. Pure.
import { inLanguage } from "../../../ui/src/language";
import type { Asked, OfferReason, Standing, Upcoming } from "../../../protocol/src/types";
import type { Whole, Words } from "./words";

type Say = (t: Whole) => string;

const ruled: Readonly<Record<string, Say>> = {
  not_signed_in: (t) => t.whyRuledNotSignedIn(),
  not_available: (t) => t.whyRuledNotAvailable(),
  at_capacity: (t) => t.whyRuledAtCapacity(),
  at_queue_capacity: (t) => t.whyRuledAtQueueCapacity(),
  offers_full: (t) => t.whyRuledOffersFull(),
  unreachable: (t) => t.whyRuledUnreachable(),
  lacks_skill: (t) => t.whyRuledLacksSkill(),
  group_not_open: (t) => t.whyRuledGroupNotOpen(),
  kept_for_other: (t) => t.whyRuledKeptForOther(),
  is_sender: (t) => t.whyRuledIsSender(),
  takes_part: (t) => t.whyRuledTakesPart(),
  not_serving: (t) => t.whyRuledNotServing(),
  customer_away: (t) => t.whyRuledCustomerAway(),
};

/** A code of a newer server is better than nothing. */
const unknown = (code: string) => code.replaceAll("_", " ");

/** What rules somebody out, in a few words. */
export const ruledText = (code: string, t: Whole): string => ruled[code]?.(t) ?? unknown(code);

/** How many each reason rules out, most first. */
export function ruledCounts(excluded: Readonly<Record<string, number>>, t: Whole): string[] {
  return Object.entries(excluded)
    .sort(([a, n], [b, m]) => m - n || a.localeCompare(b))
    .map(([code, n]) => t.whyRuledCount({ reason: ruledText(code, t), n }));
}

const own: Readonly<Record<string, (t: Whole, n: number) => string>> = {
  lacks_skill: (t, n) => t.whyOwnLacksSkill({ n }),
  group_not_open: (t, n) => t.whyOwnGroupNotOpen({ n }),
  kept_for_other: (t, n) => t.whyOwnKeptForOther({ n }),
  is_sender: (t, n) => t.whyOwnIsSender({ n }),
  takes_part: (t, n) => t.whyOwnTakesPart({ n }),
  at_queue_capacity: (t, n) => t.whyOwnAtQueueCapacity({ n }),
  customer_away: (t, n) => t.whyOwnCustomerAway({ n }),
};

/** Why so many who wait in a queue are not for the reader. */
export function ownCounts(excluded: Readonly<Record<string, number>>, t: Whole): string[] {
  return Object.entries(excluded).map(
    ([code, n]) => own[code]?.(t, n) ?? t.whyRuledCount({ reason: ruledText(code, t), n }),
  );
}

/** Why the reader gets no requests, in one sentence. state is their state's name. */
export function ownReason(x: Standing, state: string, { t, time }: Words): string {
  const since = x.since === undefined ? "" : time(x.since);
  if (x.queues.length === 0) return t.whyOwnNotServing();
  switch (x.ruled_by) {
    case "not_signed_in":
      return t.whyOwnNotSignedIn();
    case "not_available":
      return x.presence === "rona" ? t.whyOwnRona({ time: since }) : t.whyOwnIdle({ state, time: since });
    case "unreachable":
      return t.whyOwnUnreachable();
    case "at_capacity":
      if (x.capacity === 0) return t.whyOwnNoSlots();
      return x.exclusive
        ? t.whyOwnExclusive()
        : t.whyOwnAtCapacity({ used: x.occupied, capacity: x.capacity });
    case "offers_full":
      return t.whyOwnOffersFull({ used: x.offers, most: x.most_offers });
  }
  if (x.queues.every((queue) => queue.waiting === 0)) return t.whyOwnNobodyWaiting();
  const each = x.queues.some((queue) => Object.keys(queue.excluded).length > 0);
  return each ? t.whyOwnRuledOut() : t.whyOwnSoon();
}

/** Whether changing to Available would help. */
export const wantsAvailable = (x: Standing): boolean =>
  x.ruled_by === "not_available" || x.ruled_by === "not_signed_in";

const rules: Readonly<Record<string, Say>> = {
  longest_available: (t) => t.whyRuleLongestAvailable(),
  skills_longest: (t) => t.whyRuleSkillsLongest(),
  skills_best: (t) => t.whyRuleSkillsBest(),
  least_loaded: (t) => t.whyRuleLeastLoaded(),
  round_robin: (t) => t.whyRuleRoundRobin(),
};

export const ruleText = (rule: string, t: Whole): string => rules[rule]?.(t) ?? unknown(rule);

const next: Readonly<Record<string, (t: Whole, at: { time: string }) => string>> = {
  offer_expires: (t, at) => t.whyNextOfferExpires(at),
  maximum_wait: (t, at) => t.whyNextMaximumWait(at),
  queue_closes: (t, at) => t.whyNextQueueCloses(at),
  nobody_there: (t, at) => t.whyNextNobodyThere(at),
  customer_gone: (t, at) => t.whyNextCustomerGone(at),
  inactivity: (t, at) => t.whyNextInactivity(at),
  signed_out: (t, at) => t.whyNextSignedOut(at),
  reaches_more: (t, at) => t.whyNextReachesMore(at),
  kept_no_longer: (t, at) => t.whyNextKeptNoLonger(at),
};

export const nextText = ({ what, at }: Upcoming, { t, time }: Words): string =>
  next[what]?.(t, { time: time(at) }) ?? `${unknown(what)} ${time(at)}`;

/** What follows at the end of the waiting; "" if the queue says nothing. */
export function thenText(then: string | undefined, queue: string | undefined, t: Whole): string {
  if (then === "queue" && queue !== undefined) return t.whyNextThenQueue({ queue });
  if (then === "leave_message") return t.whyNextThenMessage();
  return then === "close" ? t.whyNextThenClose() : "";
}

const withdrawn: Readonly<Record<string, Say>> = {
  missed_other: (t) => t.whyEndedMissedOther(),
  declined: (t) => t.whyEndedDeclinedOther(),
  went_idle: (t) => t.whyEndedWentIdle(),
  signed_out: (t) => t.whyEndedSignedOut(),
  agent_lost: (t) => t.whyEndedAgentLost(),
  undelivered: (t) => t.whyEndedUndelivered(),
  capacity: (t) => t.whyEndedCapacity(),
  configured: (t) => t.whyEndedConfigured(),
  cancelled: (t) => t.whyEndedCancelled(),
  customer_away: (t) => t.whyEndedCustomerAway(),
  customer: (t) => t.whyEndedCustomerLeft(),
  abandoned: (t) => t.whyEndedCustomerLeft(),
  conversation_ended: (t) => t.whyEndedOver(),
  asset_deleted: (t) => t.whyEndedOver(),
  supervisor: (t) => t.whyEndedOver(),
  queue_closed: (t) => t.whyEndedOver(),
  inactivity: (t) => t.whyEndedOver(),
};

/** How a request ended, or until when it is open. */
export function endingText(offer: OfferReason, { t, time }: Words): string {
  switch (offer.ending) {
    case undefined:
      return t.whyEndedOpen({ time: time(offer.deadline) });
    case "accepted":
      return t.whyEndedAccepted();
    case "missed":
      return t.whyEndedMissed();
    case "declined":
      return t.whyEndedDeclined();
    default:
      return withdrawn[offer.cause ?? ""]?.(t) ?? t.whyEndedWithdrawn();
  }
}

/** Where a skill comes from that is not the queue's own. */
const sources: Readonly<Record<string, Say>> = {
  asset: (t) => t.whySkillFromAsset(),
  language: (t) => t.whySkillFromLanguage(),
  form: (t) => t.whySkillFromForm(),
  identity: (t) => t.whySkillFromIdentity(),
};

/** A skill asked for, where it comes from, and what has become of it. */
export function skillText(asked: Asked, { t }: Words): string {
  const said = required(asked, t, inLanguage(asked.skill.name, t.lang) || asked.skill.id);
  const source = sources[asked.from ?? ""]?.(t);
  const what = source === undefined ? said : t.whySkillFrom({ what: said, source });
  if (asked.ignored) return t.whySkillIgnored({ what });
  if (asked.dropped) return t.whySkillDropped({ what });
  return asked.relaxed ? t.whySkillRelaxed({ what }) : what;
}

function required({ compare, level, text }: Asked, t: Whole, skill: string): string {
  if (text === "yes") return compare === "=" ? t.whySkillHas({ skill }) : t.whySkillHasNot({ skill });
  if (text !== undefined)
    return compare === "=" ? t.whySkillIs({ skill, text }) : t.whySkillIsNot({ skill, text });
  if (compare === ">=") return t.whySkillAtLeast({ skill, level });
  if (compare === "<=") return t.whySkillAtMost({ skill, level });
  return compare === "=" ? t.whySkillEqual({ skill, level }) : t.whySkillNotEqual({ skill, level });
}

export interface Fact {
  name: string;
  text: string;
}

/** What was decided about a request, fact by fact. */
export function offerFacts(offer: OfferReason, words: Words): Fact[] {
  const { t, time } = words;
  const facts: Fact[] = [{ name: t.whyOfferedAt(), text: time(offer.made_at) }];
  const add = (name: string, text: string) => facts.push({ name, text });
  if (offer.picked) {
    add(t.whyOfferedRule(), t.whyOfferedPicked());
    add(t.whyOfferedOvertook(), t.numberPlain({ n: offer.overtook ?? 0 }));
    return facts;
  }
  if (offer.rule === undefined) {
    add(t.whyOfferedRule(), t.whyOfferedDirect());
    return facts;
  }
  add(t.whyOfferedRule(), offer.kept ? t.whyOfferedKept() : ruleText(offer.rule, t));
  add(
    t.whyOfferedRank(),
    offer.considered > 1 ? t.whyOfferedFirst({ n: offer.considered }) : t.whyOfferedOnly(),
  );
  if (offer.match !== undefined) add(t.whyOfferedMatch(), t.whyOfferedMatchOf({ match: offer.match / 100 }));
  add(t.whyOfferedLoad(), t.whyOfferedLoadOf({ used: offer.occupied, capacity: offer.capacity }));
  if (offer.since !== undefined) add(t.whyOfferedSince(), time(offer.since));
  return facts;
}

/** The skills a request asked for; of a decision only the first are kept. */
export function skillLines(asked: readonly Asked[], more: number | undefined, words: Words): string[] {
  const lines = asked.map((one) => skillText(one, words));
  return more ? [...lines, words.t.whySkillMore({ n: more })] : lines;
}
