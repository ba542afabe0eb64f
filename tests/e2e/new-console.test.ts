import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { WEBHOOK_SECRET } from "../support/receiver";
import { openConsole } from "./support/console";
import { findFaults } from "./support/find-faults";
import { open, openTestWindow, type TestWindow } from "./support/test-window";

// Nothing listens at port 1, so that the webhook fails.
const variables = { ALERT_WEBHOOK_URL: "http://127.0.0.1:1/alerts", ALERT_WEBHOOK_SECRET: WEBHOOK_SECRET };
const { url } = await openConsole({ isNew: true, variables });

let context: TestWindow["context"];
let page: Page;

beforeAll(async () => {
  ({ context, page } = await openTestWindow(url));
  await signInByHand(page, "Mina Sato");
});
afterAll(() => context.close());

const dialog = () => page.getByRole("dialog");
const button = (name: string) => page.getByRole("button", { name });

async function chooseOfToken(what: string) {
  await button("Actions on ").first().press("Enter");
  await page.getByRole("menuitem", { name: what }).press("Enter");
  await dialog().waitFor();
}

/** What only a console without data, or with a webhook, shows; each goes on from the one before. */
const steps: [name: string, go: () => Promise<void>][] = [
  ["first steps", () => page.getByRole("heading", { name: "First steps" }).waitFor()],
  [
    "a webhook that fails",
    async () => {
      await open(page, "/monitoring");
      await button("Send a test message").click();
      await page.getByText(/could not be reached/).waitFor();
    },
  ],
  [
    "no token of a program",
    async () => {
      await open(page, "/api-tokens");
      await page.getByText("1 program can ask the API.").waitFor();
    },
  ],
  [
    "a new token",
    async () => {
      await button("Add token").click();
      await dialog().getByRole("textbox", { name: "Program" }).fill("Image agent");
      await dialog().getByRole("button", { name: "Make token" }).click();
      await dialog()
        .getByText(/^diffs_/)
        .waitFor();
    },
  ],
  [
    "replacing a token",
    async () => {
      await dialog().getByRole("button", { name: "I have copied it" }).click();
      await dialog().waitFor({ state: "detached" });
      await chooseOfToken("Replace token…");
    },
  ],
  [
    "revoking a token",
    async () => {
      await page.keyboard.press("Escape");
      await dialog().waitFor({ state: "detached" });
      await chooseOfToken("Revoke…");
    },
  ],
];

/** Colors change over a moment, from the next frame on; a spinner turns for ever. */
const transitionsEnd = `new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))).then(() =>
  Promise.allSettled(
    document.getAnimations().filter((one) => one instanceof CSSTransition).map(({ finished }) => finished),
  ),
)`;

test.each(steps)("everyone can use, light and dark, wide and narrow: %s", async (_, go) => {
  await go();
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [390, 1440]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate(transitionsEnd);
      expect(await findFaults(page), `${width} px, ${colorScheme}`).toEqual({ violations: [], overflow: 0 });
    }
  }
});
