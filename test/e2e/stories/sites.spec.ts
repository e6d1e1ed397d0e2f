// The chat on other people's pages: whatever they are made of, somebody asks
// and is answered, and the page is what it was.
import type { Page } from "@playwright/test";
import type { Entry, Staff } from "../api";
import { allow, served, type Given } from "../pages/site";
import { Customer } from "../pages/widget";
import { plain, say } from "../words";
import { expect, test } from "../world";

// The sample's asset names one more site, and one agent answers on all of its pages.
test.use({ alone: true, settings: { capacity: "12", open_offers: "12" } });

const key = "demo-store";

/** What pages are made with: the chat's server and its module, and the language of the story. */
interface With {
  chat: string;
  module: string;
  lang: string;
}

interface Kind {
  page(w: With): Given;
  /** The page opens the chat itself. */
  opens?: boolean;
  /** All of it stands in a frame of the page. */
  framed?: boolean;
  /** What the browser may complain of. */
  complains?: RegExp;
  before?(page: Page): Promise<unknown>;
  /** Once the page is there, and once somebody has pressed. */
  loaded?(sara: Customer): Promise<unknown>;
  pressed?(sara: Customer): Promise<unknown>;
  /** What holds beside, once the chat is open, and once somebody has answered. */
  opened?(sara: Customer): Promise<unknown>;
  answered?(sara: Customer, thread: () => Promise<Entry[]>): Promise<unknown>;
}

const tag = (chat: string, more = "") =>
  `<script async src="${chat}/hiwar.js" data-key="${key}" ${more}></script>`;

/** What every page has of its own: a button that counts, and one that leads on without a reload. */
const shop = (nonce = "") => `<main><h1>Shop</h1>
  <button id="buy">Buy</button> <output id="bought">0</output> <button id="next">Next</button></main>
  <script ${nonce}>document.addEventListener("click", function (e) {
    var bought = document.getElementById("bought");
    if (e.target.id === "buy") bought.textContent = Number(bought.textContent) + 1;
    if (e.target.id === "next") {
      history.pushState(null, "", "/lamp?colour=red");
      document.body.replaceWith(document.body.cloneNode(true));
    }
  });</script>`;

const document_ = (lang: string, body: string, more = "") =>
  `<!doctype html><html lang="${lang}" ${more}><title>Shop</title><link rel="icon" href="data:,"><body>${body}</body></html>`;

const nonce = 'nonce="n1"';

/** As strict as it can be: nothing but what the guide names. */
const policy = (scripts: string, chat: string, types: string) => ({
  "Content-Security-Policy": [
    "default-src 'none'",
    `script-src ${scripts}`,
    `connect-src ${chat}`,
    `frame-src ${chat}`,
    "img-src data:",
    "require-trusted-types-for 'script'",
    `trusted-types ${types}`,
  ].join("; "),
});

/** As the developer tools of browsers have it: two seconds there and back, 400 kbit/s. */
const slow3g = { offline: false, latency: 2000, downloadThroughput: 50_000, uploadThroughput: 50_000 };

const network = (sara: Customer, there: boolean) => sara.page.context().setOffline(!there);

/** What the page says in the place of the chat, until that has come. */
const instead = (sara: Customer, words: string) => expect(sara.page.getByText(plain(words))).toBeVisible();

const close = (sara: Customer) => sara.page.getByRole("button", { name: say.wClose(), exact: true });
/** The launcher's, whatever it is doing under the pointer. */
const size = (sara: Customer) => close(sara).evaluate((b: HTMLElement) => [b.offsetWidth, b.offsetHeight]);

const kinds: Record<string, Kind> = {
  plain: { page: ({ chat, lang }) => ({ body: document_(lang, shop() + tag(chat)) }) },
  "strict-policy": {
    // Calls made before the script has come, and the script twice.
    page: ({ chat, lang }) => ({
      headers: policy("'nonce-n1'", chat, "'none'"),
      body: document_(
        lang,
        `${shop(nonce)}<script ${nonce}>window.hiwar = (...a) => (window.hiwar.q = window.hiwar.q || []).push(a);
        window.hiwarSettings = { key: "${key}", name: "Layla" }; hiwar("open");</script>
        <script async ${nonce} src="${chat}/hiwar.js"></script>
        <script async ${nonce} src="${chat}/hiwar.js?again"></script>`,
      ),
    }),
    opens: true,
    opened: async (sara) => {
      await expect(sara.field(say.wName())).toHaveValue("Layla");
      await expect(close(sara)).toHaveCount(1);
      await expect.poll(() => sara.page.frames().length).toBe(2);
    },
  },
  module: {
    page: ({ chat, lang }) => ({
      headers: policy(`'nonce-n1' 'self' ${chat}`, chat, "hiwar"),
      body: document_(
        lang,
        `${shop(nonce)}<script type="module" ${nonce}>import { load } from "/hiwar.mjs";
        load({ server: "${chat}", key: "${key}", nonce: "n1" });</script>`,
      ),
    }),
  },
  "without-reloads": {
    page: ({ chat, lang }) => ({ body: document_(lang, shop() + tag(chat)) }),
    opened: async (sara) => {
      await sara.tell("Where is it?");
      await sara.page.getByRole("button", { name: "Next", exact: true }).click();
      await expect(sara.field(say.wQuestion())).toHaveValue("Where is it?");
      await expect(close(sara)).toHaveCount(1);
      await expect.poll(() => sara.page.frames().length).toBe(2);
    },
  },
  "right-to-left": {
    page: ({ chat, lang }) => ({
      body: document_("ar", shop() + tag(chat, `data-lang="${lang}"`), 'dir="rtl"'),
    }),
    opened: async (sara) => expect.poll(async () => (await close(sara).boundingBox())?.x).toBeLessThan(100),
  },
  "aggressive-styles": {
    page: ({ chat, lang }) => ({
      body: document_(
        lang,
        `<style>div, button:not(#buy), iframe, span, svg, path { all: unset !important; display: none !important;
          position: static !important; opacity: 0 !important; width: 1px !important; font-size: 99px !important;
          transform: scale(.1) !important; pointer-events: none !important; z-index: -1 !important; float: left !important }
          body * { visibility: hidden } main, main * { visibility: visible }</style>${shop() + tag(chat)}`,
      ),
    }),
    opened: async (sara) => expect(await size(sara)).toEqual([56, 56]),
  },
  "old-libraries": {
    // No standards mode; names in the page that stand for ours; and what every
    // array and text can do is another's, or gone.
    page: ({ chat, lang }) => ({
      body: `<title>Shop</title><link rel="icon" href="data:,">${shop()}
      <form id="hiwar"><input name="q"><input name="version"></form><a id="hiwarSettings" lang="fr"></a>
      <img name="currentScript" src="data:," data-key="other" alt=""><script>
        window.$ = window.jQuery = function () { throw Error("$"); };
        var kind, name;
        var poison = function (kind, name) {
          if (typeof kind.prototype[name] !== "function" || name === "constructor") return;
          kind.prototype[name] = function () { throw Error(name); };
        };
        for (kind of [Array, String]) for (name of Object.getOwnPropertyNames(kind.prototype)) poison(kind, name);
        Array.from = Array.of = String.raw = function () { throw Error("static"); };
        Object.prototype.extend = Array.prototype.each = String.prototype.toJSON = function () {};
        delete String.prototype.startsWith;
      </script>${tag(chat, `data-lang="${lang}"`)}`,
    }),
  },
  sandbox: {
    // Without allow-forms: nothing is submitted, so the press itself must do.
    page: ({ chat, lang }) => ({
      body: document_(
        lang,
        `<iframe id="inside" sandbox="allow-scripts allow-same-origin" style="width: 900px; height: 880px"
          srcdoc='${document_(lang, shop() + tag(chat))}'></iframe>`,
      ),
    }),
    framed: true,
  },
  "storage-denied": {
    page: ({ chat, lang }) => ({ body: document_(lang, shop() + tag(chat)) }),
    before: (page) =>
      page.addInitScript(() => {
        const get = () => {
          throw new DOMException("denied", "SecurityError");
        };
        for (const name of ["localStorage", "sessionStorage", "indexedDB"])
          Object.defineProperty(window, name, { get });
      }),
  },
  "slow-3g": {
    page: ({ chat, lang }) => ({ body: document_(lang, shop() + tag(chat)) }),
    before: async (page) => {
      const session = await page.context().newCDPSession(page);
      await session.send("Network.enable");
      await session.send("Network.emulateNetworkConditions", slow3g);
    },
    pressed: (sara) => instead(sara, say.netConnecting()),
  },
  offline: {
    page: ({ chat, lang }) => ({ body: document_(lang, shop() + tag(chat)) }),
    complains: /ERR_INTERNET_DISCONNECTED/,
    loaded: (sara) => network(sara, false),
    pressed: async (sara) => {
      await instead(sara, say.wNoNetwork());
      await network(sara, true);
    },
    opened: async (sara) => {
      await sara.tell("Is there a network?");
      await network(sara, false);
      await sara.begin.click();
      await expect(sara.frame.getByRole("alert")).toContainText(say.wStartFailed());
      await network(sara, true);
    },
    answered: async (sara, thread) => {
      await network(sara, false);
      await sara.write("Written without a network");
      await network(sara, true);
      const times = async () => (await thread()).filter((e) => e.text === "Written without a network").length;
      await expect.poll(times).toBe(1);
      await sara.write("Once");
      await expect.poll(async () => (await thread()).at(-1)?.text).toBe("Once");
      expect(await times()).toBe(1);
      await expect(sara.thread.getByText("Written without a network", { exact: true })).toHaveCount(1);
    },
  },
};

test("somebody asks and is answered on every kind of page, which stays what it was", async ({ world }) => {
  const chat = new URL((await world.pane("customer")).url).origin;
  const module = await (await fetch(`${world.server.base}/hiwar.mjs`)).text();
  const made = { chat, module, lang: world.lang };
  const shops = await served((path) =>
    path === "/hiwar.mjs"
      ? { body: module, headers: { "Content-Type": "text/javascript" } }
      : (kinds[path.slice(1)]?.page(made) ?? { body: "" }),
  );
  // On the site of the server, so that the chat's frame has the page's network.
  const site = shops.origin.replace("127.0.0.1", `site.${new URL(chat).hostname}`);
  await allow(world, key, shops.origin, site);
  const omar = await world.staff("omar");
  await omar.must("POST", "/me/sign-in");
  await omar.presence("available");

  for (const [name, kind] of Object.entries(kinds)) {
    await test.step(name, async () => {
      const page = await (await world.browser()).newPage();
      const complaints: string[] = [];
      page.on("pageerror", (e) => complaints.push(e.message));
      page.on("console", (m) => {
        if (m.type() === "error" && !kind.complains?.test(m.text())) complaints.push(m.text());
      });
      await kind.before?.(page);
      await page.goto(`${kind.pressed ? site : shops.origin}/${name}`);
      const place = kind.framed ? page.frameLocator("#inside") : page;
      const sara = new Customer(page, `Sara ${name}`, place);
      await kind.loaded?.(sara);
      if (!kind.opens) await sara.launcher.click();
      await kind.pressed?.(sara);
      await expect(sara.field(say.wQuestion())).toBeVisible();
      await kind.opened?.(sara);
      await sara.tell(`Do you hear me on ${name}?`);
      await sara.begin.click();
      await sara.reads(`Do you hear me on ${name}?`);
      const conversation = await answer(omar, sara.name, `Welcome on ${name}`);
      await sara.reads(`Welcome on ${name}`);
      await kind.answered?.(sara, () => omar.entries(conversation));
      if (name === "without-reloads") expect(await pageOf(omar, conversation)).toBe(`${shops.origin}/lamp`);

      await place.getByRole("button", { name: "Buy", exact: true }).click();
      await expect(place.locator("#bought")).toHaveText("1");
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  }
  shops.server.close();
});

/** Answers a customer's request, as an agent whose page is not looked at here. */
async function answer(agent: Staff, customer: string, text: string): Promise<string> {
  await expect.poll(async () => (await agent.card(customer))?.kind).toBe("request");
  const { offer, conversation = "" } = (await agent.card(customer)) ?? {};
  await agent.must("POST", `/offers/${offer}/acceptance`);
  await agent.must("POST", `/conversations/${conversation}/messages`, { text });
  return conversation;
}

/** The page on which staff see that a customer is. */
async function pageOf(agent: Staff, conversation: string): Promise<string> {
  const path = `/conversations/${conversation}`;
  return (await agent.must<{ customer: { page: string } }>("GET", path)).customer.page;
}
