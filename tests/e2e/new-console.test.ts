import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { WEBHOOK_SECRET } from "../support/receiver";
import { openConsole } from "./support/console";
import { findFaults } from "./support/find-faults";
import { open, openTestWindow, type TestWindow } from "./support/test-window";

// Nothing listens at port 1, so that the webhook fails.
const variables = { ALERT_WEBHOOK_URL: "http://127.0.0.1:1/alerts", ALERT_WEBHOOK_SECRET: WEBHOOK_SECRET };
const { url } = await openConsole({ isNew: true, variables });

const dialog = (page: Page) => page.getByRole("dialog");

async function chooseOfToken(page: Page, what: string) {
  await page
    .getByRole("button", { name: /^Actions on / })
    .first()
    .press("Enter");
  await page.getByRole("menuitem", { name: what }).press("Enter");
  await dialog(page).waitFor();
}

/** Everything that only a console without data, or with a webhook, shows: each step leaves something new on the page. */
const steps: [name: string, go: (page: Page, run: string) => Promise<void>][] = [
  ["first steps", (page) => page.getByRole("heading", { name: "First steps" }).waitFor()],
  ["monitoring before its first check", (page) => open(page, "/monitoring")],
  [
    "a webhook that fails",
    async (page) => {
      await page.getByRole("button", { name: "Send a test message" }).click();
      await open(page, "/monitoring");
      await page.getByText(/^Last (tried|failed)/).waitFor();
    },
  ],
  ["no token", (page) => open(page, "/api-tokens")],
  [
    "a new token",
    async (page, run) => {
      await page.getByRole("button", { name: "Add token" }).click();
      await dialog(page).getByRole("textbox", { name: "Program" }).fill(`Agent ${run}`);
      await dialog(page).getByRole("button", { name: "Make token" }).click();
      await dialog(page)
        .getByText(/^diffs_/)
        .waitFor();
    },
  ],
  [
    "replacing a token",
    async (page) => {
      await dialog(page).getByRole("button", { name: "I have copied it" }).click();
      await dialog(page).waitFor({ state: "detached" });
      await chooseOfToken(page, "Replace token…");
    },
  ],
  [
    "revoking a token",
    async (page) => {
      await page.keyboard.press("Escape");
      await dialog(page).waitFor({ state: "detached" });
      await chooseOfToken(page, "Revoke…");
    },
  ],
];

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  describe.each([1440, 390])("at %i px", (width) => {
    let context: TestWindow["context"];
    let page: Page;

    beforeAll(async () => {
      ({ context, page } = await openTestWindow(url, { width, colorScheme }));
      await signInByHand(page, "Mina Sato");
    });
    afterAll(() => context.close());

    test.each(steps)("%s", async (_name, go) => {
      await go(page, `${colorScheme} ${width}`);
      expect(await findFaults(page)).toEqual({ violations: [], overflow: 0 });
    });
  });
});
