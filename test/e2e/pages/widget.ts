import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";
import { plain, say } from "../words";

/** A customer on a page with the chat on it: the sample shop's, or somebody's; or in a frame of theirs. */
export class Customer {
  constructor(
    readonly page: Page,
    readonly name: string,
    private readonly place: Page | FrameLocator = page,
  ) {}

  get launcher(): Locator {
    return this.place.getByRole("button", { name: say.wLaunch() });
  }

  get frame(): FrameLocator {
    return this.place.frameLocator(`iframe[title="${say.wTitle()}"]`);
  }

  get thread(): Locator {
    return this.frame.getByRole("log", { name: say.wThread(), exact: true });
  }

  get compose(): Locator {
    return this.frame.getByRole("textbox", {
      name: say.wPlaceholder(),
      exact: true,
    });
  }

  /** The same customer in another tab. */
  async again(): Promise<Customer> {
    const other = new Customer(await this.page.context().newPage(), this.name);
    await other.page.goto(this.page.url());
    return other;
  }

  /** Opens the chat and asks. */
  async ask(question: string): Promise<void> {
    await this.fill(question);
    await this.begin.click();
    await this.reads(question);
  }

  /** Opens the chat and fills its form. */
  async fill(question: string): Promise<void> {
    await this.launcher.click();
    await this.tell(question);
  }

  /** Fills the form of the chat, which is open. */
  async tell(question: string): Promise<void> {
    await this.field(say.wName()).fill(this.name);
    await this.field(say.wQuestion()).fill(question);
  }

  field(name: string): Locator {
    return this.frame.getByRole("textbox", { name, exact: true });
  }

  get begin(): Locator {
    return this.frame.getByRole("button", { name: say.wStart(), exact: true });
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

  async sees(text: string): Promise<void> {
    await expect(this.frame.getByText(plain(text)).first()).toBeVisible();
  }

  async leave(): Promise<void> {
    await this.frame.getByRole("button", { name: say.wEnd(), exact: true }).click();
    const question = this.frame.getByRole("group", {
      name: say.wEndConfirm(),
      exact: true,
    });
    await question.getByRole("button", { name: say.wEnd(), exact: true }).click();
    await this.sees(say.wEndedByYou());
  }
}
