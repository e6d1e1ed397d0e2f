// The names of actions, as they stand in the list of shortcuts and in the palette.
import type { Messages } from "../../../locales";
import type { Action } from "../model/shortcuts";

export function actionName(action: Action, t: Messages): string {
  return names[action](t);
}

const names: Record<Action, (t: Messages) => string> = {
  palette: (t) => t.paletteTitle(),
  accept: (t) => t.keysAccept(),
  acceptAll: (t) => t.keysAcceptAll(),
  requests: (t) => t.paletteGoRequests(),
  popover: (t) => t.keysPopover(),
  available: (t) => t.actionGoAvailable(),
  state: (t) => t.actionChangeState(),
  why: (t) => t.actionWhy(),
  transfer: (t) => t.actionTransfer(),
  conference: (t) => t.actionConference(),
  end: (t) => t.actionEnd(),
  wrapup: (t) => t.keysWrapup(),
  next: (t) => t.keysNext(),
  previous: (t) => t.keysPrevious(),
  conversation: (t) => t.keysConversation(),
  tasks: (t) => t.keysTasks(),
  aside: (t) => t.keysAside(),
  reply: (t) => t.keysReply(),
  refresh: (t) => t.actionRefreshList(),
  notifications: (t) => t.termNotificationCenter(),
  silent: (t) => t.keysSilent(),
  profile: (t) => t.meMenu(),
  settings: (t) => t.settingsTitle(),
  shortcuts: (t) => t.meShortcuts(),
};
