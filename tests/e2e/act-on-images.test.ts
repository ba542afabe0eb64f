import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { open, openTestWindow, searchCommands, type TestWindow } from "./support/test-window";

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
const dialog = () => page.getByRole("dialog");
const selected = (words: string) => page.getByRole("region", { name: "Selection" }).getByText(words, { exact: true });
const succeeded = () => page.getByRole("status").getByText("Succeeded", { exact: true }).waitFor();
const found = (words: string) => page.getByRole("status").getByText(words, { exact: true }).waitFor();
const focused = () => page.evaluate("document.activeElement?.textContent || document.activeElement?.ariaLabel || ''");

async function openImagesOf(owner: string) {
  await open(page, `/images?owner=${owner}`);
  await page.getByRole("region", { name: "Images found" }).getByRole("img").first().waitFor();
}

test("a filter, all that match, another owner, the plan, applied, and undone from the toast", async () => {
  await openImagesOf("sofia-reyes");
  await found("5 images");
  await page.getByRole("checkbox").first().check();
  await selected("1 selected").waitFor();
  await button("Select all 5 matching").click();
  await selected("All 5 matching selected").waitFor();
  await button("Reassign owner…").click();
  await dialog().getByRole("heading", { name: "Reassign all 5 matching images" }).waitFor();

  // Nothing is sent before someone is chosen, and a name that no one has says so.
  const owner = dialog().getByRole("combobox", { name: "New owner" });
  await owner.fill("nobody");
  await dialog()
    .getByText(/^No owner is called that\./)
    .waitFor();
  await owner.fill("jun");
  await dialog().getByRole("option", { name: "jun-park" }).click();
  await button("Plan the reassignment").click();

  await page.getByText("Nothing has been changed.").waitFor();
  await button("Apply to 5 items").click();
  await page.getByText("Applied to 5 items.", { exact: true }).waitFor();
  const other = await context.newPage();
  await other.goto("/images?owner=sofia-reyes");
  await other.getByRole("heading", { name: "No image matches" }).waitFor();
  await other.close();

  await page
    .getByRole("region", { name: /^Notifications/ })
    .getByRole("button", { name: "Undo" })
    .click();
  await page.getByText("Nothing has been changed.").waitFor();
  await button("Apply to 5 items").click();
  await succeeded();
  await openImagesOf("sofia-reyes");
  await found("5 images");
  expect(complaints).toEqual([]);
});

test("the same by the keyboard alone", async () => {
  await openImagesOf("sofia-reyes");
  await found("5 images");
  const press = (key: string) => page.keyboard.press(key);
  await press("j");
  await press("x");
  await selected("1 selected").waitFor();
  await press("j");
  await press("j");
  await press("Shift+X");
  await selected("3 selected").waitFor();
  await press("Escape");
  await selected("3 selected").waitFor({ state: "detached" });

  await searchCommands(page, "select all 5 matching");
  await press("Enter");
  await selected("All 5 matching selected").waitFor();
  await searchCommands(page, "reassign");
  await page.getByRole("option", { name: /^Reassign owner…/, selected: true }).waitFor();
  await press("Enter");
  await dialog().getByRole("heading", { name: "Reassign all 5 matching images" }).waitFor();
  await page.keyboard.type("jun");
  await dialog().getByRole("option", { name: "jun-park", selected: true }).waitFor();
  await press("Enter");
  await press("Enter");

  await page.getByText("Nothing has been changed.").waitFor();
  await button("Apply to 5 items").focus();
  await press("Enter");
  await page.getByText("Applied to 5 items.", { exact: true }).waitFor();
  await press("F8");
  await press("Tab");
  while ((await focused()) !== "Undo") await press("Tab");
  await press("Enter");
  await page.getByText("Nothing has been changed.").waitFor();
  await button("Apply to 5 items").focus();
  await press("Enter");
  await succeeded();
  await openImagesOf("sofia-reyes");
  await found("5 images");
  expect(complaints).toEqual([]);
});

test("of two plans for the same images, the second leaves what the first has changed, and says why", async () => {
  const plan = async (to: string) => {
    await openImagesOf("sofia-reyes");
    await page.keyboard.press("Control+a");
    await selected("5 selected").waitFor();
    await button("Reassign owner…").click();
    await dialog().getByRole("combobox").fill(to);
    await dialog().getByRole("option", { name: to }).click();
    await button("Plan the reassignment").click();
    await page.getByText("Nothing has been changed.").waitFor();
    return page.url();
  };
  const first = await plan("jun-park");
  const second = await plan("jun-park");
  expect(second).not.toBe(first);
  await open(page, first);
  await button("Apply to 5 items").click();
  await page.getByText("Applied to 5 items.", { exact: true }).waitFor();
  await open(page, second);
  await button("Apply to 5 items").click();
  await page.getByRole("status").getByText("Finished, all skipped", { exact: true }).waitFor();
  expect(await page.getByText("This image's owner changed since the plan was made.").count()).toBe(5);
  await open(page, first);
  await button(/^Undo 5 items/).click();
  await button("Apply to 5 items").click();
  await succeeded();
  expect(complaints).toEqual([]);
});

test("a selection outlives another order and look of the list, and an empty search", async () => {
  await openImagesOf("sofia-reyes");
  await found("5 images");
  await page.getByRole("checkbox").nth(0).check();
  await page.getByRole("checkbox").nth(1).check();
  await selected("2 selected").waitFor();
  await button("Order").click();
  await page.getByRole("link", { name: "Smallest first" }).click();
  await page.waitForURL(/sort=bytes-asc/);
  await page.getByRole("link", { name: "Table" }).click();
  await page.getByRole("table", { name: "Images" }).waitFor();
  await selected("2 selected").waitFor();
  expect(await page.getByRole("checkbox", { checked: true }).count()).toBe(2);
  await page.getByRole("searchbox", { name: "Search images" }).press("Enter");
  await page.waitForURL((address) => !address.searchParams.has("text"));
  await selected("2 selected").waitFor();
  expect(complaints).toEqual([]);
});

test("without a filter all means every image, and says so; a file has what is selected", async () => {
  await open(page, "/images");
  await page.getByRole("checkbox").first().check();
  await button(/^Select all \d+ images$/).click();
  await selected("All 63 images selected").waitFor();
  await page.getByRole("checkbox").first().uncheck();
  await selected("62 of all 63 images selected").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), button("Export CSV").click()]);
  const lines = readFileSync(await download.path(), "utf8")
    .trimEnd()
    .split("\r\n");
  expect(lines).toHaveLength(63);
  await button("Move to group…").click();
  await dialog().getByRole("heading", { name: "Move 62 images" }).waitFor();
  await dialog().getByLabel("To the group").selectOption("front_warm");
  await button("Plan the move").click();
  // The refusal is said where it was asked, and the page stays.
  await dialog()
    .getByRole("alert")
    .getByText(/of the 62 selected images are not below “references\/01\. Model\/”/)
    .waitFor();
  await page.keyboard.press("Escape");
  await selected("62 of all 63 images selected").waitFor();
  await open(page, "/images?kind=upload");
  await found("5 images");
  expect(await page.getByRole("region", { name: "Selection" }).count()).toBe(0);
  expect(complaints).toEqual([]);
});

test("a view keeps a filter that was set by forms, and the palette finds it", async () => {
  await open(page, "/images");
  await button("Filter").click();
  await button("Size in pixels").click();
  await page.getByLabel("Width from").fill("600");
  await page.getByLabel("Width to").fill("100");
  await button("Show images").click();
  await page
    .getByRole("alert")
    .getByText(/less than minWidth/)
    .waitFor();
  await page.getByLabel("Width to").fill("");
  await button("Show images").click();
  await page.getByRole("link", { name: /^Remove filter: at least 600 px wide/ }).waitFor();
  await button("Views").click();
  await page.getByLabel("Name of this view").fill("Wide enough");
  await button("Save view").click();
  await page.getByRole("link", { name: "Wide enough" }).waitFor();
  await open(page, "/");
  await searchCommands(page, "wide en");
  await page.getByRole("option", { name: "Wide enough" }).waitFor();
  await page.getByRole("option", { name: "Wide enough" }).click();
  await page.getByRole("link", { name: /^Remove filter: at least 600 px wide/ }).waitFor();
  expect(complaints).toEqual([]);
});

test("a viewer selects and exports, and is offered nothing that changes an image", async () => {
  const viewer = await openTestWindow(url);
  await signInByHand(viewer.page, "Sofia Reyes");
  await open(viewer.page, "/images");
  await viewer.page.getByRole("checkbox").first().check();
  const bar = viewer.page.getByRole("region", { name: "Selection" });
  await bar.getByRole("button", { name: "Export CSV" }).waitFor();
  expect(await bar.getByRole("button", { name: /Reassign|Backfill|Move/ }).count()).toBe(0);
  const answer = await viewer.context.request.post(`${url}/image-actions`, {
    headers: { Origin: url },
    form: { intent: "backfill-thumbnails", selection: '{"query":{"all":true}}' },
  });
  expect(answer.status()).toBe(403);
  expect(viewer.complaints).toEqual([]);
  await viewer.context.close();
});
