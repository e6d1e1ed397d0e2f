// The words of the page of people, which are fetched with it.
import * as ar from "../../../locales/gen/people.ar";
import * as en from "../../../locales/gen/people.en";
import type { Messages } from "../../../locales";

export type PeopleWords = Messages & typeof en;

export const peopleWords = (t: Messages): PeopleWords => ({ ...t, ...(t.lang === "ar" ? ar : en) });
