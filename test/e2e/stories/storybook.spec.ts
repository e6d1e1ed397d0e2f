// Every state of every screen, without a server: a picture in each language,
// theme and at 320 px, nothing that shuts people out, nothing cut, and the
// mirror image of itself in the other direction.
import { resolve } from "node:path";
import { pageNames, stories } from "../../../web/desk/src/stories/scenes";
import { violations } from "../axe";
import { nothing, overflowing, small, unmirrored } from "../layout";
import { expect, test } from "../scene";

const pictures = resolve(__dirname, "../../../artifacts/storybook");

const drawn = Object.keys(stories).filter((name) => !stories[name]?.forSpeed);

for (const story of [...pageNames, ...drawn]) {
  test(`story ${story}`, async ({ book, lang }) => {
    const { page } = book;
    await page.emulateMedia({ reducedMotion: "reduce" });
    await book.open(story);
    // Where nobody looks at the pictures, none is taken.
    // Where nobody looks at the pictures, none is taken.
    const picture = async (look: string) =>
      process.env.CI ||
      page.screenshot({ path: resolve(pictures, lang, `${story}-${look}.png`), animations: "disabled" });

    await picture("light");
    expect.soft(await violations(page.mainFrame()), "axe, light").toEqual([]);
    await nothing(overflowing, page, "at 1440 px");
    await nothing(unmirrored, page, "mirrored");
    await nothing(small, page, "A27, too small to press");

    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await picture("dark");
    expect.soft(await violations(page.mainFrame(), ["color-contrast"]), "axe, dark").toEqual([]);

    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await page.setViewportSize({ width: 320, height: 720 });
    await picture("narrow");
    await nothing(overflowing, page, "at 320 px");
    await nothing(unmirrored, page, "mirrored at 320 px");
    await nothing(small, page, "A27, too small to press at 320 px");
  });
}
