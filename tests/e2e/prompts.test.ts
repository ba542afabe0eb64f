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
const heading = (name: string) => page.getByRole("heading", { level: 1, name });
const dialog = () => page.getByRole("dialog");
const examples = () =>
  page
    .getByRole("group", { name: "Examples" })
    .getByRole("listitem")
    .filter({ has: button(/^Remove /) });
const search = () => dialog().getByLabel("Search images");
const offered = () => dialog().getByRole("listbox", { name: "Images" }).getByRole("option");
const picked = () => dialog().getByRole("listbox", { name: "Images" }).getByRole("option", { selected: true });
/** Waits until the picker offers just what the search found. */
const onlyFound = (word: string) =>
  expect
    .poll(() =>
      offered().evaluateAll((all, part) => all.map((one) => one.getAttribute("title")?.includes(part) === true), word),
    )
    .toSatisfy((isMatch: boolean[]) => isMatch.length > 2 && !isMatch.includes(false));
/** What a toast says, not what assistive technology is told of it. */
const said = (words: string) => page.getByText(words, { exact: true }).first().waitFor();

test("a new version with three examples, by mouse and keyboard, tried on one image and offered to a label run", async () => {
  await open(page, "/prompts/new?from=Personas");
  await page.getByLabel("Name").fill("personas");
  await page.getByLabel("Name").blur();
  await page.getByText("“Personas” is made by the console itself. Give yours another name.").waitFor();
  await page.getByLabel("Name").fill("Faces");

  const tokens = page.getByText(/^One image: .+ tokens in, about /);
  await tokens.waitFor();
  const before = await tokens.textContent();
  await button("Choose examples").click();
  await search().fill("warm");
  await onlyFound("warm");
  await offered().first().click();
  await expect.poll(() => picked().count()).toBe(1);
  await search().press("ArrowDown");
  await search().press("Enter");
  await expect.poll(() => picked().count()).toBe(2);
  await search().press("ArrowDown");
  await search().press("Enter");
  await expect.poll(() => picked().count()).toBe(3);
  await page.keyboard.press("Escape");
  await dialog().waitFor({ state: "detached" });
  await expect.poll(() => examples().count()).toBe(3);

  const second = await examples().nth(1).getByRole("img").getAttribute("alt");
  await examples()
    .nth(1)
    .getByRole("button", { name: /earlier$/ })
    .press("Enter");
  await expect.poll(() => examples().first().getByRole("img").getAttribute("alt")).toBe(second);
  await examples()
    .first()
    .getByLabel(/^expression of/)
    .selectOption("smiling");

  // Three pictures more, counted while the editor is open.
  await expect.poll(() => tokens.textContent()).not.toBe(before);

  await button("Save as a new version").press("Enter");
  await heading("Faces v1").waitFor();
  await said("“Faces” v1 was saved.");
  await page.getByText("expression smiling").waitFor();

  await page.getByRole("link", { name: "Request", exact: true }).click();
  await page.getByText(/^One image: .+ tokens in, about /).waitFor();
  await page.getByText("the image that is asked about›").waitFor();

  await page.getByRole("link", { name: "Try on one image" }).click();
  await button("Choose an image").click();
  await search().fill("02");
  await offered().filter({ hasText: "02" }).first().click();
  await button(/^Ask gemini-.* for about \$/).click();
  await page.getByRole("table", { name: /^What the model said of / }).waitFor();

  await page.getByRole("link", { name: "Start a label run" }).click();
  await heading("New label run").waitFor();
  const prompt = page.getByLabel("Prompt", { exact: true });
  await expect.poll(() => prompt.locator("option:checked").textContent()).toBe("Faces v1");
  expect(complaints).toEqual([]);
});

test("what was typed outlives a lost connection and a reload, and the same content saved again leads to its version", async () => {
  await open(page, "/prompts/new?from=Personas");
  await page.getByLabel("Name").fill("Kept");
  await page.getByLabel("Instructions").fill("Say what you see.");
  await context.setOffline(true);
  await button("Save as a new version").click();
  await page
    .getByText(/^The server did not answer, so this may not have been done\. What you typed is still here/)
    .waitFor();
  await context.setOffline(false);
  expect(await page.getByLabel("Instructions").inputValue()).toBe("Say what you see.");

  await page.reload();
  await page.getByText("What you typed here earlier was not saved. It has been restored.").waitFor();
  expect(await page.getByLabel("Instructions").inputValue()).toBe("Say what you see.");
  await button("Save as a new version").click();
  await heading("Kept v1").waitFor();

  await page.getByRole("link", { name: "New version from this" }).click();
  await heading("New prompt version").waitFor();
  await button("Save as a new version").click();
  await said("Nothing was saved: this is exactly what “Kept” v1 asks.");
  await heading("Kept v1").waitFor();

  await page.getByRole("link", { name: "New version from this" }).click();
  await heading("New prompt version").waitFor();
  await page.getByLabel("Instructions").fill("Say what you see there.");
  await button("Save as a new version").click();
  await heading("Kept v2").waitFor();
  await page.getByRole("link", { name: "Difference" }).click();
  await page.getByRole("insertion").getByText("there").waitFor();
});
