// Every state a screen of the desk can be in, reachable without a server: one
// file for each part of the desk. A name is used once.
import { bannersScenes } from "./scenes/banners";
import { bidiScenes } from "./scenes/bidi";
import { composeScenes } from "./scenes/compose";
import { conversationScenes } from "./scenes/conversation";
import { dialogsScenes } from "./scenes/dialogs";
import { explainScenes } from "./scenes/explain";
import { homeScenes } from "./scenes/home";
import { meScenes } from "./scenes/me";
import { requestsScenes } from "./scenes/requests";
import { wrapupScenes } from "./scenes/wrapup";
import type { Story } from "./story";

/** The pages before and beside the desk; what they are is in main.tsx. */
export const pageNames = [
  "login",
  "login-failed",
  "login-enrol",
  "account",
  "setup",
  "setup-queue",
  "setup-install",
  "welcome",
  "assets",
  "users",
  "configuration",
  "console-queue",
  "console-hours",
  "console-asset",
  "console-user",
  "console-organization",
  "people",
  "audit",
  "keys",
  "blocks",
  "live",
  "pieces",
] as const;

export const stories: Record<string, Story> = {
  ...homeScenes,
  ...explainScenes,
  ...requestsScenes,
  ...conversationScenes,
  ...composeScenes,
  ...dialogsScenes,
  ...wrapupScenes,
  ...bannersScenes,
  ...bidiScenes,
  ...meScenes,
};
