import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signInByHand, untilAlive } from "../../scripts/dev/browser/browser";
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

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  describe.each([1440, 390])("at %i px", (width) => {
    let context: TestWindow["context"];
    let page: Page;

    beforeAll(async () => {
      ({ context, page } = await openTestWindow(url, { width, colorScheme }));
    });
    afterAll(() => context.close());

    /** Everyone can use the page, as far as axe tells, and it is no wider than the window. */
    async function visit({ path, open }: Visit) {
      await page.goto(path);
      await untilAlive(page);
      await page.waitForLoadState("networkidle");
      await open?.(page);
      expect(await findFaults(page)).toEqual({ violations: [], overflow: 0 });
    }

    test.each(signedOut)("signed out: $name", visit);

    test("signing in", () => signInByHand(page, "Mina Sato"));

    test.each([...pages, missing, ...opened])("$name", visit);
  });
});
