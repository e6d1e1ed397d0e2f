// What is kept of customers, as the administration asks for it.
import { command, read } from "../live/rest";
import { takeAway } from "./takeAway";

export interface Hold {
  reason: string;
  by: string;
  at: string;
}

/** A customer, with how much is kept of them. */
export interface Person {
  customer: string;
  name?: string;
  email?: string;
  phone?: string;
  /** What sites call them. */
  subjects: string[];
  conversations: {
    id: string;
    started_at: string;
    messages: number;
    erased_at?: string;
    busy: boolean;
    hold?: Hold;
  }[];
  files: number;
  browsers: number;
  hold?: Hold;
  /** What has to be typed before they are erased. */
  confirmation: string;
  state: "erasable" | "busy" | "held";
}

export interface PeopleSource {
  find(query: string): Promise<Person[]>;
  export(customer: string): Promise<void>;
  erase(customer: string, confirmation: string): Promise<unknown>;
  hold(customer: string, reason: string): Promise<unknown>;
  release(customer: string): Promise<unknown>;
}

const at = (customer: string) => `/people/${encodeURIComponent(customer)}`;

export const peopleSource: PeopleSource = {
  find: (query) =>
    read<{ people: Person[] }>(`/people?${new URLSearchParams({ query })}`).then(({ people }) => people),
  export: (customer) => takeAway(`${at(customer)}/export`),
  erase: (customer, confirmation) => command("POST", `${at(customer)}/erasure`, { confirmation }),
  hold: (customer, reason) => command("PUT", `${at(customer)}/hold`, { reason }),
  release: (customer) => command("DELETE", `${at(customer)}/hold`),
};
