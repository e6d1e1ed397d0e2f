import type { Messages } from "../../../locales";

/** The customer's name, or a word for somebody who gave none. */
export function customerName(name: string, t: Messages): string {
  return name.trim() === "" ? t.customerUnnamed() : name;
}
