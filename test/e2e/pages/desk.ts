import { expect, type Locator, type Page } from "@playwright/test";
import { plain, say } from "../words";

declare global {
  interface Window {
    endings?: string[];
  }
}

/** An agent's desktop, as somebody who reads its words uses it. */
export class Desk {
  constructor(
    readonly page: Page,
    readonly name: string,
  ) {}

  // ---- state ----

  /** From the empty desk, or out of RONA. */
  async available(): Promise<void> {
    await this.page.getByRole("button", { name: say.actionGoAvailable(), exact: true }).first().click();
    await this.inState(say.stateAvailable());
  }

  /** By the state selector. */
  async chooseState(state: string): Promise<void> {
    await this.selector.click();
    await this.page.getByRole("menuitem", { name: state, exact: true }).click();
  }

  async inState(state: string): Promise<void> {
    await expect(this.selector).toHaveAccessibleName(new RegExp(escape(state)));
  }

  private get selector(): Locator {
    const [before] = say.stateMenu({ state: "\0" }).split("\u2068\0");
    return this.page.getByRole("button", {
      name: new RegExp(`^${escape(before ?? "")}`),
    });
  }

  // ---- requests ----

  request(customer: string): Locator {
    return this.page
      .getByRole("region", { name: say.popoverTitle(), exact: true })
      .getByRole("article", { name: customer });
  }

  /**
   * Notes, from now on, how requests end: what is said of one is on the page
   * for three seconds only, and may have come and gone between two looks.
   */
  async noteEndings(): Promise<void> {
    await this.page.evaluate(() => {
      const endings: string[] = [];
      window.endings = endings;
      new MutationObserver(() => {
        for (const request of document.querySelectorAll("article[data-ended]")) {
          const text = request.textContent ?? "";
          if (!endings.includes(text)) endings.push(text);
        }
      }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    });
  }

  /** The request of that customer ended, which was said in these words, and is gone from the page. */
  async ended(customer: string, words: string): Promise<void> {
    const said = new RegExp(`${escape(customer)}[^]*${escape(plain(words))}`);
    await expect
      .poll(() => this.page.evaluate(() => (window.endings ?? []).join("\n")).then(plain))
      .toMatch(said);
    await expect(this.request(customer)).toHaveCount(0);
  }

  /** The button of a request; its name goes on with the keys that do the same. */
  acceptButton(customer: string): Locator {
    return this.request(customer).getByRole("button", { name: new RegExp(`^${say.actionAccept()}`) });
  }

  async accept(customer: string): Promise<void> {
    await this.acceptButton(customer).click();
    await expect(this.heading(customer)).toBeVisible();
    await expect(this.compose).toBeFocused();
  }

  /** The time since this agent received it, in a request or in the open conversation. */
  timer(within: Locator): Locator {
    return within.getByRole("timer", { name: say.labelTimer(), exact: true });
  }

  get ronaBanner(): Locator {
    return this.page.getByRole("alert").filter({ hasText: say.ronaBannerTitle() });
  }

  // ---- the open conversation ----

  get pane(): Locator {
    return this.page.getByRole("region", {
      name: say.labelInteractionPane(),
      exact: true,
    });
  }

  heading(customer: string): Locator {
    return this.pane.getByRole("heading", { name: customer, level: 1 });
  }

  get controls(): Locator {
    return this.pane.getByRole("group", {
      name: say.labelControlPane(),
      exact: true,
    });
  }

  get compose(): Locator {
    return this.pane.getByRole("textbox", { name: say.labelCompose(), exact: true });
  }

  get thread(): Locator {
    return this.pane.getByRole("log").first();
  }

  button(name: string): Locator {
    return this.controls.getByRole("button", { name, exact: true });
  }

  async status(words: string): Promise<void> {
    await expect(this.controls.getByText(words, { exact: true })).toBeVisible();
  }

  async write(text: string): Promise<void> {
    await this.compose.fill(text);
    await this.compose.press("Enter");
    await expect(this.compose).toHaveValue("");
    await this.reads(text);
  }

  async reads(text: string): Promise<void> {
    await expect(this.thread.getByText(plain(text)).first()).toBeVisible();
  }

  /** How often exactly this is in the thread. */
  async readsTimes(text: string, times: number): Promise<void> {
    await expect(this.thread.getByText(plain(text), { exact: true })).toHaveCount(times);
  }

  get send(): Locator {
    return this.pane.getByRole("button", { name: say.actionSend(), exact: true });
  }

  /** Something the page says outside of a conversation: a refusal, a confirmation. */
  async told(text: string): Promise<void> {
    await expect(this.page.getByText(plain(text)).filter({ visible: true }).first()).toBeVisible();
  }

  /** Opens a conversation from the task list. */
  async open(customer: string): Promise<void> {
    await this.tasks.getByRole("link", { name: new RegExp(escape(customer)) }).click();
    await expect(this.heading(customer)).toBeVisible();
  }

  get tasks(): Locator {
    return this.page.getByRole("navigation", {
      name: say.labelTaskList(),
      exact: true,
    });
  }

  group(name: string): Locator {
    return this.tasks.getByRole("region", { name, exact: true });
  }

  // ---- dialogs ----

  async transferTo(kind: "queue" | "agent", target: string, note = ""): Promise<void> {
    const dialog = await this.openDialog(say.actionTransfer(), say.transferTitle());
    await dialog
      .getByRole("radio", {
        name: kind === "queue" ? say.labelQueue() : say.labelAgent(),
        exact: true,
      })
      .check({ force: true });
    await this.choose(dialog, kind === "queue" ? say.labelSearchQueues() : say.labelSearchAgents(), target);
    if (note) await dialog.getByRole("textbox", { name: say.transferNote(), exact: true }).fill(note);
    await dialog.getByRole("button", { name: say.actionTransfer(), exact: true }).click();
    await expect(dialog).toBeHidden();
  }

  async invite(agent: string): Promise<void> {
    const dialog = await this.openDialog(say.actionConference(), say.conferenceTitle());
    await this.choose(dialog, say.labelSearchAgents(), agent);
    await dialog.getByRole("button", { name: say.actionConference(), exact: true }).click();
    await expect(dialog).toBeHidden();
  }

  /** Opens a dialog with a list to search; the focus is in the search field. */
  async openDialog(button: string, title: string): Promise<Locator> {
    await this.button(button).click();
    const dialog = this.page.getByRole("dialog", { name: title, exact: true });
    await expect(dialog.getByRole("combobox")).toBeFocused();
    return dialog;
  }

  private async choose(dialog: Locator, label: string, target: string): Promise<void> {
    const search = dialog.getByRole("combobox", { name: label, exact: true });
    await search.fill(target);
    await this.page
      .getByRole("option", { name: new RegExp(escape(target)) })
      .first()
      .click();
    await expect(search).toHaveValue(new RegExp(escape(target)));
  }

  /** Ends it; the first press may ask whether the customer is ready. */
  async end(name = say.actionEnd()): Promise<void> {
    await this.button(name).click();
    const asked = this.pane.getByText(say.endHint());
    await expect(this.wrapUpPanel.or(asked).first()).toBeVisible();
    if (await asked.isVisible()) {
      await expect(this.button(name)).not.toHaveAttribute("aria-disabled", "true");
      await this.button(name).click();
    }
    await expect(this.wrapUpPanel).toBeVisible();
  }

  get wrapUpPanel(): Locator {
    return this.pane.getByRole("dialog", {
      name: say.wrapupTitle(),
      exact: true,
    });
  }

  async wrapUp(reason: string): Promise<void> {
    const panel = this.wrapUpPanel;
    await panel.getByRole("radio", { name: new RegExp(escape(reason)) }).check({ force: true });
    await panel.getByRole("button", { name: say.actionSubmitWrapup(), exact: true }).click();
    await expect(panel).toBeHidden();
  }
}

export function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
