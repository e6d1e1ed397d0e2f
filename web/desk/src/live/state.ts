// The desk's live state, and what can be done with it. Components know only
// this file: the same desk runs on a server and on fixtures.
import { createContext, useContext } from "react";
import type { Drafts } from "../model/drafts";
import type { Outgoing } from "../model/thread";
import type { Link } from "../../../protocol/src/socket";
import { useStore, type Store } from "./store";

export type { Link };
import type { Files } from "../../../protocol/src/files";
import type { OutFile } from "../../../protocol/src/outbox";
import type {
  AttachmentRules,
  Card,
  Conversation,
  Desk,
  Explanation,
  OfferExplanation,
  Gone,
  History,
  Name,
  StaffThread,
  Standing,
  Targets,
  Template,
  Today,
  WaitingList,
} from "../../../protocol/src/types";

export interface Me {
  user: string;
  name: string;
  email: string;
  permissions: string[];
}

export interface Reason {
  id: string;
  kind: "wrapup" | "idle";
  name: Name;
  /** The group it stands in; what others stand in is a group and not chosen itself. */
  group?: string;
}

/** What the organization set up that the desk needs. */
export interface Setup {
  timeZone: string;
  hourCycle: 12 | 24;
  digits: "latn" | "arab";
  /** After so long without a connection an agent is signed out. */
  graceMs: number;
  /** A customer who waits longer for an answer waits too long. */
  replyTargetMs: number;
  /** A request may be declined. */
  allowDecline: boolean;
  allowReserved: boolean;
  /** Waiting conversations of some queue may be taken from the list. */
  picks: boolean;
  reasons: Reason[];
  templates: Template[];
  organization?: Name;
}

export interface Typist {
  by: number;
  name: string;
  /** By the browser's clock: the signal may be lost, so it fades by itself. */
  until: number;
}

export interface ThreadState {
  conversation?: Conversation;
  staff?: StaffThread;
  typing: readonly Typist[];
  outgoing: readonly Outgoing[];
  older: "idle" | "loading" | "failed";
  /** The thread itself could not be had. */
  failed?: true;
}

/** A request that ended a moment ago and still shows how. */
export interface Departed {
  card: Card;
  how: Gone["how"];
  cause?: string | undefined;
}

export interface DeskState {
  me: Me;
  setup: Setup;
  /** Its next is by the server's clock, as everything that is counted down. */
  link: Link;
  desk?: Desk;
  threads: Readonly<Record<string, ThreadState | undefined>>;
  /** Requests for which Accept was pressed here, by offer: when. */
  accepting: Readonly<Record<number, number | undefined>>;
  /** Parts whose End was pressed here, by conversation: their wrap-up before the server has told it. */
  ending: Readonly<Record<string, Card | undefined>>;
  departed: readonly Departed[];
  /** Grows whenever what a conversation can be given to, or who waits, may have changed. */
  targetsChanged: number;
  /** The session is over. */
  signedOut?: boolean;
  /** …because the person signed out here. */
  left?: boolean;
}

export const emptyThread: ThreadState = { typing: [], outgoing: [], older: "idle" };

/** Everything a person can do. Promises are rejected with a Refusal. */
export interface Actions {
  /** The request is on the screen. */
  confirm(offer: number): void;
  accept(offer: number): Promise<void>;
  /** Declines a request, with a reason for being Idle or without one; the agent is Idle then. */
  decline(offer: number, reason?: string): Promise<void>;
  setPresence(presence: "available" | "idle", reason?: string): Promise<void>;
  signOut(): Promise<void>;
  send(conversation: string, text: string, attachments?: readonly OutFile[]): void;
  /** What keeps and sends files. */
  files(): Promise<Pick<Files, "keep" | "bytes" | "forget" | "cancel">>;
  /** Which files may be sent; rejected where none may. */
  attachmentRules(conversation: string): Promise<AttachmentRules>;
  /** Where a file of a message can be read. */
  fileAddress(conversation: string, file: string): string;
  /** For colleagues only. */
  note(conversation: string, text: string): void;
  retry(conversation: string, clientId: string): void;
  discard(conversation: string, clientId: string): void;
  typing(conversation: string, on: boolean): void;
  seen(conversation: string, seq: number): void;
  older(conversation: string): Promise<void>;
  /** Asks for a thread that could not be had. */
  reload(conversation: string): void;
  targets(conversation: string): Promise<Targets>;
  transfer(conversation: string, to: { queue?: string; agent?: string }, note: string): Promise<void>;
  invite(conversation: string, agent: string): Promise<void>;
  cancelRequest(conversation: string): Promise<void>;
  handOver(conversation: string, to: string): Promise<void>;
  leave(conversation: string): Promise<void>;
  removeGuest(conversation: string, guest: string): Promise<void>;
  end(conversation: string): Promise<void>;
  /** Records a reason and a note, or corrects what was recorded: then a note alone leaves the reason as it is. */
  submitWrapUp(part: number, reason: string, note: string): Promise<void>;
  stopWrapUpTimer(part: number): Promise<void>;
  extendWrapUp(part: number): Promise<void>;
  /** The customer's earlier conversations, from before that one on. */
  history(conversation: string, before: string): Promise<History>;
  past(conversation: string, past: string): Promise<Conversation>;
  today(): Promise<Today>;
  /** Who waits in the queues from whose list one may take somebody. */
  waiting(): Promise<WaitingList>;
  /** Takes a waiting conversation; of several who take it one gets it. */
  pick(conversation: string): Promise<void>;
  /** Why it was offered where it was, or still waits. */
  explain(conversation: string): Promise<Explanation>;
  /** Everybody who could have had one of its requests. */
  explainOffer(conversation: string, offer: number): Promise<OfferExplanation>;
  /** Why one gets no requests. */
  standing(): Promise<Standing>;
  reconnect(): void;
}

export interface Live {
  store: Store<DeskState>;
  actions: Actions;
  drafts: Drafts;
}

export const LiveContext = createContext<Live | undefined>(undefined);

function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("the desk is drawn outside LiveContext");
  return live;
}

export const useActions = (): Actions => useLive().actions;
export const useDrafts = (): Drafts => useLive().drafts;
export const useLiveStore = (): Store<DeskState> => useLive().store;

/** Something of the state; drawn again when it changes. */
export function useDesk<S>(select: (state: DeskState) => S): S {
  return useStore(useLive().store, select);
}

export const useThread = (conversation: string): ThreadState =>
  useDesk((s) => s.threads[conversation]) ?? emptyThread;

/** Changes one thread of the state. */
export function withThread(
  state: DeskState,
  conversation: string,
  change: (thread: ThreadState) => ThreadState,
): DeskState {
  const before = state.threads[conversation] ?? emptyThread;
  const after = change(before);
  return after === before ? state : { ...state, threads: { ...state.threads, [conversation]: after } };
}
