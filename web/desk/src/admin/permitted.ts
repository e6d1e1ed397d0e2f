import { createContext } from "react";

/** What whoever looks may do; undefined while nobody has said. */
export const Permitted = createContext<readonly string[] | undefined>(undefined);
