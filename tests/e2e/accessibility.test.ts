import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signInByHand, untilAlive, untilSettled } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { findFaults } from "./support/find-faults";
import { openTestWindow, searchCommands, type TestWindow } from "./support/test-window";

const { url, pages } = await openConsole();
const signedOut = [{ name: "login", path: "/login" }];
const missing = { name: "missing page", path: "/no-such-page" };

type Visit = { name: string; path: string; open?(page: Page): Promise<void> };

/** What floats above a page, or stands at its foot, once someone opens it. */
const opened: Visit[] = [
  {
    name: "selection bar",
    path: "/images",
    open: async (page) => {
      await page.getByRole("checkbox").first().check();
      await page.getByRole("region", { name: "Selection" }).waitFor();
    },
  },
  {
    name: "overview with measurements",
    path: "/",
    open: async (page) => {
      await page.getByRole("button", { name: /^Measure (now|again)$/ }).click();
      await page.getByRole("heading", { name: "Images by owner" }).waitFor();
      await page.getByRole("button", { name: "Measure again", disabled: false }).waitFor();
    },
  },
  {
    name: "monitoring with measurements",
    path: "/monitoring",
    open: async (page) => {
      await page.getByRole("button", { name: "Run checks now" }).click();
      await page.getByRole("heading", { name: "Database size" }).waitFor();
      await page.getByRole("button", { name: "Run checks now", disabled: false }).waitFor();
    },
  },
  {
    name: "storage with a snapshot",
    path: "/storage",
    open: async (page) => {
      await page.getByRole("button", { name: /^(Take a snapshot|Snapshot now)$/ }).click();
      await page.getByRole("heading", { name: /^By storage class/ }).waitFor();
      await page.getByRole("button", { name: "Snapshot now", disabled: false }).waitFor();
    },
  },
  {
    name: "command palette",
    path: "/images",
    open: async (page) => {
      await searchCommands(page, "sofia");
      await page.getByRole("option", { name: /^Images of/ }).waitFor();
    },
  },
  {
    name: "reassign dialog",
    path: "/images",
    open: async (page) => {
      await page.getByRole("checkbox").first().check();
      await searchCommands(page, "reassign");
      await page.getByRole("option", { name: /^Reassign owner/, selected: true }).waitFor();
      await page.keyboard.press("Enter");
      await page.getByRole("option", { name: "jun-park" }).waitFor();
    },
  },
  {
    name: "filter form",
    path: "/images",
    open: async (page) => {
      await page.getByRole("button", { name: "Filter" }).click();
      await page.getByRole("button", { name: "Label", exact: true }).click();
      await page.getByLabel("Value").waitFor();
    },
  },
  {
    name: "saved views",
    path: "/images",
    open: async (page) => {
      await page.getByRole("button", { name: "Views" }).click();
      await page.getByText("You have no views yet.").waitFor();
    },
  },
  {
    name: "keys",
    path: "/images",
    open: async (page) => {
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    },
  },
];

describe.each([1440, 390])("at %i px, in light and in dark", (width) => {
  let context: TestWindow["context"];
  let page: Page;

  beforeAll(async () => {
    ({ context, page } = await openTestWindow(url, { width }));
  });
  afterAll(() => context.close());

  /** Shows the page that is there in other colors, all the way. */
  async function recolor(colorScheme: "light" | "dark") {
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction("!document.getAnimations().some((animation) => animation instanceof CSSTransition)");
  }

  /** Everyone can use the page, as far as axe tells, and it is no wider than the window. */
  async function visit({ path, open }: Visit) {
    await page.goto(path);
    await untilSettled(page);
    await open?.(page);
    const light = await findFaults(page);
    await recolor("dark");
    const dark = await findFaults(page);
    await recolor("light");
    const none = { violations: [], overflow: 0 };
    expect({ light, dark }).toEqual({ light: none, dark: none });
  }

  test.each(signedOut)("signed out: $name", visit);

  test("signing in", () => signInByHand(page, "Mina Sato"));

  test.each([...pages, missing, ...opened])("$name", visit);

  test("what is too pale in one scheme only is found", async () => {
    await page.goto("/owners");
    await untilAlive(page);
    const pale = "color: light-dark(#595959, #555); background: light-dark(#fff, #222); color-scheme: light dark";
    await page.evaluate(
      `document.querySelector('h1').after(Object.assign(document.createElement('p'), { id: 'pale', textContent: 'Pale', style: ${JSON.stringify(pale)} }))`,
    );
    expect((await findFaults(page)).violations).toEqual([]);
    await recolor("dark");
    expect((await findFaults(page)).violations).toEqual(["color-contrast: #pale"]);
    await recolor("light");
  });
});
