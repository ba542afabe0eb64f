import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { openTestWindow, type TestWindow } from "./support/test-window";

const { url } = await openConsole();

let context: TestWindow["context"];
let page: TestWindow["page"];
let complaints: TestWindow["complaints"];

beforeEach(async () => {
  ({ context, page, complaints } = await openTestWindow(url));
});
afterEach(() => context.close());

const button = (name: string | RegExp) => page.getByRole("button", { name });
const link = (name: string | RegExp) => page.getByRole("link", { name });
const dialog = () => page.getByRole("dialog");
/** The panel with this title. */
const panel = (title: string | RegExp) =>
  page.locator("section").filter({ has: page.getByRole("heading", { level: 2, name: title, exact: true }) });
const state = (words: string) => page.getByRole("status").getByText(words, { exact: true });

/** What the matrix says of each combination, as a reader would copy it. */
async function readMatrix(): Promise<string[][]> {
  await page.goto("/attribute-groups");
  const rows = page.getByRole("table", { name: "Groups by angle and tone" }).locator("tbody tr");
  return rows.evaluateAll((all) =>
    all.map((row) => Array.from(row.querySelectorAll("td"), (cell) => cell.textContent ?? "")),
  );
}

/** Loads the matrix again until it shows what the audit that follows a run is to find. */
const waitForMatrix = (isThere: (text: string) => boolean) =>
  expect.poll(async () => isThere(JSON.stringify(await readMatrix()))).toBe(true);

test("a folder that cannot be read: from its finding to a new name, and back", async () => {
  await signInByHand(page, "Jun Park");
  await page.goto("/attribute-groups");
  await button("Audit now").click();
  // The demo's audit ran before its thumbnails told what cannot be read.
  await waitForMatrix((matrix) => matrix.includes("Undecodable image"));
  const before = await readMatrix();
  expect(JSON.stringify(before)).not.toContain("three-quarter_neutral");

  // Its name says what an alias says; the rest has to be chosen.
  await link(/“side view\?\?” is not “angle_tone”/).click();
  await page.getByText("Rename the folder by the root's pattern.").waitFor();
  await page.locator("#findings").getByRole("button", { name: "Rename…" }).click();
  const angle = dialog().getByLabel("angle");
  expect(await angle.inputValue()).toBe("profile");
  await dialog().getByLabel("tone").selectOption("warm");
  expect(await dialog().getByLabel("New name").inputValue()).toBe("profile_warm");
  await dialog().getByText("“profile_warm” is already named for this. Merge the two instead.").waitFor();
  await dialog().getByLabel("New name").fill("seitlich, warm");
  await dialog()
    .getByText(/^A group cannot be called “seitlich, warm”: not “angle_tone”/)
    .waitFor();
  await button("Plan the rename").click();
  await dialog().waitFor();
  await angle.selectOption("three-quarter");
  await dialog().getByLabel("tone").selectOption("neutral");
  await dialog().getByText("The folder will be named for angle three-quarter, tone neutral.").waitFor();
  await button("Plan the rename").press("Enter");

  // The plan, and nothing has happened yet.
  await page.getByText("Nothing has been changed.").waitFor();
  const moved = page.getByRole("row").filter({ hasText: "01.jpg" });
  expect(await moved.textContent()).toMatch(/side view\?\?\/01\.jpg.*three-quarter_neutral\/01\.jpg/);
  const runPage = page.url();
  await button("Apply to 2 items").click();
  await state("Succeeded").waitFor();

  // The audit that follows sees it: in its cell, in its history, in what changed.
  await waitForMatrix((matrix) => matrix.includes("three-quarter_neutral"));
  expect(await link(/“side view\?\?” is not/).count()).toBe(0);
  await link("Compare").click();
  const renamed = panel(/^Groups renamed/).getByRole("listitem");
  expect(await renamed.textContent()).toContain("side view??");
  await renamed.getByRole("link", { name: "three-quarter_neutral" }).click();
  await page.getByText("Renamed from “side view??”.").waitFor();

  await page.goto(runPage);
  await button(/^Undo 2 items/).click();
  await button("Apply to 2 items").click();
  await state("Succeeded").waitFor();
  await waitForMatrix((matrix) => !matrix.includes("three-quarter_neutral"));
  expect(await readMatrix()).toEqual(before);
  await link(/“side view\?\?” is not “angle_tone”/).waitFor();
  expect(complaints).toEqual([]);
});

test("a finding is ignored with a reason, counts no more, and counts again", async () => {
  await signInByHand(page, "Jun Park");
  await page.goto("/attribute-groups?type=empty-group");
  await link(/“back_cool” holds no image/).click();
  await button("Ignore…").click();
  await button("Ignore finding").click();
  // Without a reason nothing is sent.
  await dialog().getByLabel("Reason").fill("Its session is on Friday.");
  await button("Ignore finding").click();
  await page.getByText("No open finding of this type.").waitFor();
  await page.getByText(/^Jun Park, .*: Its session is on Friday\.$/).waitFor();
  await button("Stop ignoring").click();
  await page.getByText("No open finding of this type.").waitFor({ state: "detached" });
  expect(complaints).toEqual([]);
});

test("images are selected by mouse and by keys, and where they may go is shown as a plan", async () => {
  await signInByHand(page, "Jun Park");
  await page.goto("/attribute-groups/profile_cool");
  const boxes = page.getByRole("checkbox");
  await boxes.nth(1).check();
  await boxes.nth(3).click({ modifiers: ["Shift"] });
  await page.getByText("3 selected").waitFor();
  await page.keyboard.press("k");
  await page.keyboard.press("x");
  await page.getByText("2 selected").waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("2 selected").waitFor({ state: "detached" });

  await boxes.nth(2).check();
  await button(/^Move to group….*1 image/).click();
  await dialog().getByLabel("To the group").selectOption("profile_warm");
  await button("Plan the move").click();
  await button("Discard plan").click();
  await button("Discard plan").last().click();
  await state("Canceled").waitFor();
  expect(complaints).toEqual([]);
});

test("the groups as rows, narrowed to one type of finding, as a file too", async () => {
  await signInByHand(page, "Jun Park");
  await page.goto("/attribute-groups?view=list");
  await button("Finding").click();
  await link(/^Several reference candidates/).click();
  await expect.poll(() => page.getByRole("row").count()).toBe(2);
  const [download] = await Promise.all([page.waitForEvent("download"), link("Export groups as CSV").click()]);
  expect(download.suggestedFilename()).toMatch(/^attribute-groups-\d{4}-\d\d-\d\d\.csv$/);
  const lines = readFileSync(await download.path(), "utf8")
    .trimEnd()
    .split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain("three-quarter_cool,references/01. Model/three-quarter_cool/");
  expect(complaints).toEqual([]);
});

test("which reference would be injected, by tone and by tone and angle", async () => {
  await signInByHand(page, "Sofia Reyes");
  await page.goto("/references?root=Model&tone=warm&angle=front");
  const byTone = panel("By tone");
  const both = panel("By tone and angle");
  const groups = ["front_warm", "three-quarter_warm", "profile_warm", "back_warm"];
  for (const group of groups) await byTone.getByRole("link", { name: group }).waitFor();
  expect(await byTone.getByRole("img").count()).toBe(4);
  expect(await both.getByRole("heading", { name: /_/ }).allTextContents()).toEqual(["front_warm"]);

  // What cannot be told apart is not injected: no near miss takes its place.
  await page.getByLabel("tone").selectOption("cool");
  await page.getByLabel("angle").selectOption("three-quarter");
  await button("Show references").click();
  await both.getByText("No reference would be used").waitFor();
  await both
    .getByText(/“three-quarter_cool”/)
    .first()
    .waitFor();
  expect(complaints).toEqual([]);
});

test("a viewer sees groups and findings, and is offered nothing to change", async () => {
  await signInByHand(page, "Sofia Reyes");
  for (const path of ["/", "/attribute-groups", "/attribute-groups?view=list", "/attribute-groups/front_warm"]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.locator("main form").count(), path).toBe(0);
  }
  const answer = await context.request.post(`${url}/attribute-groups/front_warm?root=Model`, {
    headers: { Origin: url },
    form: { intent: "rename-group", group: "front_warm", name: "back_cool" },
  });
  expect(answer.status()).toBe(403);
  expect(complaints).toEqual([]);
});
