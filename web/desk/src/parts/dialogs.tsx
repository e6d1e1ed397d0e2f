// What is fetched behind the first view: the dialogs and the searching list.
export { SearchSelect } from "../../../ui/src/SearchSelect";
export { ConferenceDialog, HandOverDialog } from "./ConferenceDialog";
export { TransferDialog } from "./TransferDialog";
