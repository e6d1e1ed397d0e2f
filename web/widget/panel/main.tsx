import { render } from "preact";
import "./style.css";
import { Api } from "./api";
import { App } from "./app";
import { Host } from "./host";
import { Keep } from "./keep";
import { empty, Store } from "./model";
import { Panel } from "./panel";

const key = decodeURIComponent(location.pathname.split("/").pop() ?? "");
const store = new Store(empty);
const keep = new Keep(key);
const host = new Host((m) => panel.hear(m));
const panel = new Panel({ store, api: new Api(encodeURIComponent(key)), keep, host });

// What the visitor chose, else what the loader asked for in our address, else
// what the server put into the page for this browser.
const wanted =
  keep.language() || new URLSearchParams(location.search).get("lang") || document.documentElement.lang;
panel.language(wanted.startsWith("ar") ? "ar" : "en");
render(
  <App store={store} acts={panel.acts} now={() => panel.now()} />,
  document.getElementById("panel") as HTMLElement,
);
if (host.exists) host.tell({ hiwar: "ready" });
else panel.alone();
