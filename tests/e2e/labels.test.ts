import { afterEach, beforeEach, expect, test } from "vitest";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { open, openTestWindow, type TestWindow } from "./support/test-window";

const { url } = await openConsole();

let context: TestWindow["context"];
let page: TestWindow["page"];
let complaints: TestWindow["complaints"];

beforeEach(async () => {
  ({ context, page, complaints } = await openTestWindow(url));
  await signInByHand(page, "Jun Park");
});
afterEach(() => context.close());

const button = (name: string | RegExp) => page.getByRole("button", { name });
const toast = () => page.getByRole("region", { name: /^Notifications/ });

test("an image is labeled by keys, the label tells where it comes from and what it was, and a toast takes it back", async () => {
  const press = (key: string) => page.keyboard.press(key);
  await open(page, "/images/1");
  // L leads from label to label; the menu is walked by letters.
  const leadOn = async () => {
    await press("l");
    return page.evaluate("document.activeElement?.ariaLabel");
  };
  await expect.poll(leadOn).toBe("tone: set a label");
  await press("Enter");
  await page.getByRole("menuitem", { name: "warm" }).waitFor();
  await press("w");
  await press("Enter");
  await toast().getByText("Tone is “warm” now.").waitFor();
  await button("tone: warm").click();
  await page.getByRole("menuitem", { name: "cool" }).click();
  await toast().getByText("Tone is “cool” now.").waitFor();

  await button("tone: cool").click();
  await page.getByRole("menuitem", { name: "History and origin…" }).click();
  const card = page.getByRole("dialog");
  await card.getByText("“cool”, from a person").waitFor();
  await card.getByText(/^Ended by Jun Park/).waitFor();
  await card.getByRole("button", { name: "Put warm back" }).waitFor();
  await press("Escape");

  await toast().getByRole("button", { name: "Undo" }).click();
  await toast().getByText("Tone is as it was.").waitFor();
  await button("tone: warm").waitFor();
  expect(complaints).toEqual([]);
});

test("a selection is labeled by a plan, and the run can be undone", async () => {
  await open(page, "/images?owner=sofia-reyes");
  await page.getByRole("checkbox").first().check();
  await button("Set label…").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Attribute").selectOption({ label: "tone" });
  await dialog.getByLabel("Value").selectOption("neutral");
  await button("Plan the labels").click();
  await page.getByText("Nothing has been changed.").waitFor();
  await page.getByText("Now with no label").waitFor();
  await button("Apply to 1 item").click();
  await toast().getByText("Applied to 1 item.", { exact: true }).waitFor();
  await toast().getByRole("button", { name: "Undo" }).waitFor();

  // A worker sees before long that the repository's file has no such label.
  const drift = page.getByRole("heading", { name: "Labels of the repository" });
  const look = async () => {
    await open(page, "/");
    return drift.count();
  };
  await expect.poll(look).toBe(1);
  await page
    .getByText(/^labels\/personas\.json and the database differ: \d+ labels? only in the database\.$/)
    .waitFor();
  await page.getByText("npx tsx scripts/export-labels.ts").waitFor();
  expect(complaints).toEqual([]);
});
