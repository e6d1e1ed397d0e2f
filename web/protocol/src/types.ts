// What the server sends, field by field as package view writes it. The server
// leaves out what is empty, so what may be empty is optional here.

export interface Name {
  en: string;
  ar: string;
}

export interface Named {
  id: string;
  name: Name;
}

// ---- topic conv/{id} ----

export type Status = "waiting" | "open" | "interrupted" | "closed";

export interface Conversation {
  id: string;
  status: Status;
  cause?: string;
  started_at: string;
  closed_at?: string;
  language: string;
  participants: Participant[];
  entries: Entry[];
  /** Older entries exist. */
  more: boolean;
  /** Staff only. */
  customer?: CustomerCard;
}

/** What the customer, their browser and the site said at the start; only what is signed is proven. */
export interface CustomerCard {
  id: string;
  name: string;
  email?: string;
  phone?: string;
  /** Little is left of both: whoever reads it may not see them. */
  contact_hidden?: boolean;
  page?: string;
  page_title?: string;
  referrer?: string;
  /** The languages the browser asks for, best first: "ar-SA, en". */
  browser_language?: string;
  /** IANA name. */
  time_zone?: string;
  visits?: number;
  /** Of the form before the chat. */
  answers?: Attribute[];
  /** Said by the site's page. */
  attributes?: Attribute[];
  /** Signed by the site. */
  signed?: Attribute[];
  /** The site has signed who it is. */
  verified?: boolean;
}

export interface Attribute {
  name: string;
  value: string;
}

export interface Participant {
  number: number;
  role: "customer" | "agent";
  name: string;
  user?: string;
  owner?: boolean;
  present: boolean;
  delivered: number;
  seen: number;
}

export interface Entry {
  seq: number;
  at: string;
  kind: "message" | "joined" | "left" | "owner" | "line" | "status" | "proven";
  by?: number;
  client_id?: string;
  text?: string;
  line?: string;
  params?: Record<string, string>;
  status?: Status;
  cause?: string;
  /** Of a message. */
  attachments?: Attachment[];
}

/** A file in a message. */
export interface Attachment {
  id: string;
  name: string;
  /** Media type, found in the content. */
  type: string;
  /** Bytes. */
  size: number;
  /** Of an image, in pixels. */
  width?: number;
  height?: number;
}

/** Which files may be attached, in GET /conversations/{id}/attachments. */
export interface AttachmentRules {
  /** Endings: "png", "pdf" … */
  kinds: string[];
  max_bytes: number;
  max_files: number;
}

export interface Receipt {
  by: number;
  delivered: number;
  seen: number;
}

export interface Roster {
  entry: Entry;
  participant?: Participant;
}

// ---- topic conv/{id}/staff ----

export interface StaffThread {
  id: string;
  entries: StaffEntry[];
}

export interface StaffEntry {
  seq: number;
  at: string;
  /** Stands behind this number of the public thread. */
  after: number;
  kind: "note" | "staff_line";
  user?: string;
  name?: string;
  client_id?: string;
  text?: string;
  handover?: boolean;
  /** Written with a wrap-up. */
  wrapup?: boolean;
  line?: string;
  params?: Record<string, string>;
}

// ---- topic agent/{user} ----

export interface Desk {
  agent: Agent;
  cards: Card[];
}

export interface Agent {
  user: string;
  name: string;
  presence: "signed_out" | "idle" | "available" | "rona";
  idle_reason?: string;
  since?: string;
  available_at?: string;
  set_by?: string;
  engaged: boolean;
  occupied: number;
  capacity: number;
  missed?: { customer: string; at: string };
  lost_out?: boolean;
}

export interface Card {
  key: string;
  kind: "request" | "active" | "wrapup";
  offer?: number;
  part?: number;
  conversation: string;
  customer: { id: string; name: string; verified?: boolean };
  queue: Named;
  agents: Colleague[];
  role?: "owner" | "guest";
  request_kind?: "queue" | "transfer" | "conference";
  from?: string;
  received_at: string;
  made_at: string;
  deadline?: string;
  status?: "active" | "conference_requested" | "conference" | "interrupted" | "wrapup";
  pending?: { kind: "transfer" | "conference"; agent?: string; queue?: Named };
  customer_away?: boolean;
  customer_left?: boolean;
  /** Nobody was there when the customer wrote. */
  left_message?: boolean;
  asset?: Named;
  wrapup?: WrapUp;
  on_unanswered?: string;
  language: string;
}

export interface Colleague {
  user: string;
  name: string;
  role?: "owner" | "guest";
}

export interface WrapUp {
  started_at: string;
  deadline?: string;
  required: boolean;
  reasons: string[];
  cause: string;
}

export interface Gone {
  key: string;
  conversation: string;
  how: "accepted" | "missed" | "declined" | "withdrawn" | "wrapped_up" | "requeued";
  cause?: string;
  /** With accepted: the part that follows. */
  part?: number;
}

// ---- asked for, not a topic ----

export interface Targets {
  at: string;
  queues: { id: string; name: Name; waiting: number; available: number; current: boolean }[];
  agents: { user: string; name: string; occupied: number; capacity: number; on_unanswered: string }[];
}

/** A text that a message can begin with, in GET /desk/settings; parseTemplate reads its text. */
export interface Template {
  id: string;
  name: Name;
  group: Name;
  /** Either language may be empty. */
  text: Name;
  start: boolean;
  follow_up: boolean;
  end: boolean;
}

/** What somebody chose for themselves: GET and PATCH /me/preferences; also the signal preferences. */
export interface Preferences {
  /** "" is the one the page came in. */
  language: "" | "ar" | "en";
  theme: "system" | "light" | "dark";
  density: "comfortable" | "compact";
  digits: "organization" | "latn" | "arab";
  hour_cycle: "organization" | "12" | "24";
  /** The date of the Hijri calendar as a second line. */
  hijri: boolean;
  /** How much of what arrives is spoken (A11). */
  verbosity: "all" | "names" | "count" | "off";
  answer_factor: number;
  /** 0 to 100. */
  volume: number;
  sounds: Record<"request" | "message" | "tick" | "missed" | "accepted" | "interrupted", boolean>;
  /** No sound at all, for now. */
  silent: boolean;
  /** Desktop notifications are wanted; the browser has its own say. */
  notifications: boolean;
  hide_text: boolean;
  /** Chords by action, for those that were changed; "" is off. */
  shortcuts: Record<string, string>;
  single_keys: boolean;
  end_hint_seen: boolean;
  /** Wrap-up reasons that a long list begins with. */
  favorite_reasons: string[];
}

/** What is not sent yet: GET /me/drafts, PUT /conversations/{id}/draft; also the signal draft. */
export interface Draft {
  conversation: string;
  /** The greatest is kept, whatever comes last. */
  revision: number;
  /** "": nothing is kept. */
  text: string;
  at: string;
}

/** Conversations of the same customer before this one: GET /conversations/{id}/history?before=&limit=. */
export interface History {
  /** Newest first. */
  conversations: PastConversation[];
  more: boolean;
}

/** Its transcript: GET /conversations/{id}/history/{past}?before=&limit=, a Conversation. */
export interface PastConversation {
  id: string;
  started_at: string;
  closed_at: string;
  queue: Named;
  /** In the order in which they came; role owner: the last who was. */
  agents: Colleague[];
  cause: string;
  /** The last owner's, and what they wrote with it. */
  reason?: Named;
  note?: string;
  language: string;
}

/** The agent's own figures since midnight, in the organization's time zone: GET /me/today. */
export interface Today {
  from: string;
  at: string;
  handled: number;
  /** Median, from accepting to the first message; none yet if absent, as handle_ms. */
  first_response_ms?: number;
  /** Median time connected. */
  handle_ms?: number;
  missed: number;
  states: { presence: Agent["presence"]; idle_reason?: string; ms: number }[];
  /** Now, in the agent's queues. */
  longest_wait?: { queue: Named; since: string };
}

/** How many agents, or requests, each reason rules out. */
export type Excluded = Record<string, number>;

/** A skill that a request asks for, as it stands. */
export interface Asked {
  /** Left out of decisions that are older. */
  from?: "queue" | "asset" | "language" | "form" | "identity";
  skill: Named;
  compare: ">=" | "<=" | "=" | "!=";
  level: number;
  text?: string;
  /** It asked for more when the visit to the queue began. */
  relaxed?: boolean;
  /** It asks for nothing any more. */
  dropped?: boolean;
  /** Brought along by the customer, and not asked for. */
  ignored?: boolean;
}

/** Why somebody is or was offered a conversation, and how that ended. */
export interface OfferReason {
  /** Its number. */
  offer: number;
  agent: Colleague;
  made_at: string;
  deadline: string;
  /** Left out while it is open. */
  ending?: "accepted" | "missed" | "declined" | "withdrawn";
  cause?: string;
  ended_at?: string;
  /** Left out where only this agent was asked. */
  rule?: string;
  /** When the agent was last offered a request or became Available. */
  since?: string;
  occupied: number;
  capacity: number;
  /** In hundredths of a level. */
  match?: number;
  kept?: boolean;
  picked?: boolean;
  overtook?: number;
  asked: Asked[];
  asked_more?: number;
  considered: number;
  runners_up: Colleague[];
  excluded: Excluded;
}

/** Somebody who could have been asked; without ruled_by, who could have taken it. */
export interface Candidate {
  agent: Colleague;
  ruled_by?: string;
  since?: string;
}

/** A request and everybody who could have had it: GET /conversations/{id}/offers/{offer}/explain. */
export interface OfferExplanation {
  request: OfferReason;
  /** False where it was decided too long ago to be gone through again. */
  rebuilt: boolean;
  candidates: Candidate[];
}

/** Something that happens by itself. */
export interface Upcoming {
  what: string;
  at: string;
}

/** Why a conversation is where it is: GET /conversations/{id}/explain. */
export interface Explanation {
  conversation: string;
  state: "waiting" | "offered" | "held" | "ended";
  queue?: Named;
  position?: number;
  estimate?: Waiting["estimate"];
  priority?: number;
  waiting_since?: string;
  entered_at?: string;
  open: boolean;
  customer_away: boolean;
  owner?: Colleague;
  kept_for?: Colleague;
  asks: Asked[];
  groups?: number;
  all_groups?: number;
  offer?: OfferReason;
  /** Those that have ended, oldest first. */
  offers: OfferReason[];
  candidates: Candidate[];
  upcoming: Upcoming[];
  then?: string;
  then_queue?: Named;
}

/** Why an agent gets no requests: GET /agents/{id}/explain. */
export interface Standing {
  agent: Colleague;
  presence: Agent["presence"];
  since?: string;
  /** What rules them out of any request. */
  ruled_by?: string;
  occupied: number;
  capacity: number;
  /** One conversation at a time. */
  exclusive: boolean;
  offers: number;
  most_offers: number;
  queues: { queue: Named; waiting: number; open: boolean; opens_at?: string; excluded: Excluded }[];
  upcoming: Upcoming[];
}

/** Who waits in the queues one may see: GET /waiting. */
export interface WaitingList {
  at: string;
  total: number;
  waiting: WaitingRow[];
}

/** A request in a queue's line. Of why it waits only supervisors are told. */
export interface WaitingRow {
  conversation: string;
  customer: { id: string; name: string };
  queue: Named;
  state: "waiting" | "offered";
  position: number;
  estimate?: Waiting["estimate"];
  priority: number;
  waiting_since: string;
  language: string;
  /** The beginning of what the customer wrote last. */
  text?: string;
  customer_away: boolean;
  /** The queue lets the reader take it from the list. */
  may_pick: boolean;
  offered_to?: Colleague;
  excluded?: Excluded;
  upcoming?: Upcoming[];
  then?: string;
  then_queue?: Named;
}

// ---- signals ----

export interface Typing {
  by: number;
  name: string;
  on: boolean;
}

export interface Waiting {
  /** 0: you keep your place. */
  position: number;
  ahead: number;
  /** How much longer, in whole minutes; left out where too little is known. 1 to 1: at most a minute. */
  estimate?: { from_minutes: number; to_minutes: number };
}

// ---- events, as the topics carry them ----

interface Numbered<Kind extends string, Data> {
  topic: string;
  seq: number;
  at: string;
  kind: Kind;
  data: Data;
}

export type ConversationEvent =
  | Numbered<"message" | "line" | "status" | "proven", Entry>
  | Numbered<"joined" | "left" | "owner", Roster>
  | Numbered<"receipt", Receipt>;

export type StaffEvent = Numbered<"note" | "staff_line", StaffEntry>;

export type DeskEvent = Numbered<"agent", Agent> | Numbered<"card", Card> | Numbered<"card_gone", Gone>;

export type AnyEvent = ConversationEvent | StaffEvent | DeskEvent;
