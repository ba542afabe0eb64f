import { afterEach, beforeEach, expect, test } from "vitest";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { open, openTestWindow, type TestWindow, whenAlive } from "./support/test-window";

const { url, ports, cloud } = await openConsole();
const { db } = ports;

let context: TestWindow["context"];
let page: TestWindow["page"];
let complaints: TestWindow["complaints"];

beforeEach(async () => {
  ({ context, page, complaints } = await openTestWindow(url));
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

const labels = () => db.label.findMany({ orderBy: [{ imageId: "asc" }, { attribute: "asc" }] });

/** The tones that the first label run (the main job's) or the last one proposed, in the order of their keys. */
async function findTones(which: "first" | "last") {
  const { id: labelRunId, jobRunId } = await db.labelRun.findFirstOrThrow({
    where: { jobRun: { kind: "label-run" } },
    orderBy: { jobRunId: which === "first" ? "asc" : "desc" },
  });
  const tones = await db.proposal.findMany({
    where: { labelRunId, attribute: "tone" },
    orderBy: { image: { key: "asc" } },
    select: { id: true, imageId: true, value: true },
  });
  return { path: `/label-runs/${jobRunId}`, labelRunId, tones };
}

/** What a person set, and a model before. */
async function label(imageId: number, value: string, source: "person" | "model") {
  const { etag } = await db.image.findUniqueOrThrow({ where: { id: imageId } });
  const by = { acceptedBy: "operator:1", acceptedAt: new Date("2026-11-20T10:00:00Z") };
  await db.label.create({ data: { imageId, attribute: "tone", value, etag, source, ...by } });
}

/** The prompt version “Faces” v1, with three examples that are picked, ordered and corrected. */
async function savePrompt() {
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

  // Awaited together: a toast is gone after 6 s.
  await Promise.all([
    heading("Faces v1").waitFor(),
    said("“Faces” v1 was saved."),
    button("Save as a new version").press("Enter"),
  ]);
  await page.getByText("expression smiling").waitFor();
}

/** From the prompt's page to a label run over some images, which is over. Its quote is of ten answers, which it begins with. */
async function labelSome() {
  await page.getByRole("link", { name: "Start a label run" }).click();
  await heading("New label run").waitFor();
  await open(page, `${page.url()}&root=Model&text=neutral`);
  const prompt = page.getByLabel("Prompt", { exact: true });
  await expect.poll(() => prompt.locator("option:checked").textContent()).toBe("Faces v1");
  await page.getByLabel("Your filter").and(page.locator(":checked")).waitFor();
  await button("Plan label run").click();
  await page.getByRole("heading", { level: 1, name: /^Label run \d+ · Faces v1$/ }).waitFor();
  await button("Ask about 10 images first").click();
  await page.getByText(/^Output as in \d+ answers to this prompt version\.$/).waitFor();
  const p90 = page.getByRole("row", { name: "Cost, 9 in 10 times at most (p90)" }).getByRole("cell").first();
  await expect.poll(() => p90.textContent()).toMatch(/^\$\d/);
  await button(/^Propose labels for \d+ images$/).click();
  await page.getByText(/^\d+ answered · 0 failed · 0 skipped$/).waitFor();
}

test("a new prompt version with three examples is quoted, labels images, is reviewed by keyboard, promoted and rolled back", async () => {
  const calm = { latencyMs: 20, oneIn: { imageSafety: 0, breakSchema: 0 } };
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(calm) };
  expect((await fetch(`${cloud.gemini.url}/_local/knobs`, init)).status).toBe(200);
  await signInByHand(page, "Mina Sato");
  await savePrompt();
  await labelSome();

  const { path, labelRunId, tones } = await findTones("last");
  const [first, second, third, fourth] = tones;
  if (!first || !second || !third || !fourth) throw new Error("The label run left too few proposals");
  await label(first.imageId, first.value === "warm" ? "cool" : "warm", "person");
  await label(second.imageId, second.value === "warm" ? "cool" : "warm", "person");
  await label(third.imageId, third.value, "model");
  const before = await labels();

  await open(page, `${path}?attribute=tone&sort=key-asc`);
  const decisions = page.getByRole("region", { name: "Decisions" });
  const decided = (words: string) => decisions.getByText(words, { exact: true }).waitFor();
  const card = (id: number) => page.locator(`[data-proposal="${id}"]`);
  await decisions.getByText("2 conflicts with a person’s label").waitFor();

  // Over a person's label only when asked twice.
  await page.keyboard.press("j");
  await page.keyboard.press("a");
  await card(first.id).getByRole("alert").getByText("Accept once more to replace it.").waitFor();
  await page.keyboard.press("a");
  await decided("1 accepted");
  // The focus has moved on to the second, the conflict that stays; the third changes nothing and is hidden.
  await page.keyboard.press("j");
  await page.keyboard.press("r");
  await decided("1 rejected");
  await card(fourth.id).getByText("Rejected").waitFor();
  await page.keyboard.press("u");
  await decided("0 rejected");
  await card(fourth.id)
    .getByRole("button", { name: /^Reject/ })
    .waitFor();

  // From the one after it, to which the focus went on, back to it. Space opens the image large, where the same keys decide.
  await page.keyboard.press("k");
  await card(fourth.id).locator("[data-opens]:focus").waitFor();
  await page.keyboard.press("Space");
  const preview = page.getByRole("dialog");
  await preview.getByRole("heading", { name: "Labels" }).waitFor();
  await page.keyboard.press("r");
  // On to the next one.
  await page.waitForURL((address) => address.searchParams.get("proposal") === String(tones[4]?.id));
  await page.keyboard.press("Space");
  await preview.waitFor({ state: "detached" });
  await decided("1 rejected");

  // Someone else sees it without a press, and decides, too.
  const other = await openTestWindow(url);
  await signInByHand(other.page, "Jun Park");
  await other.page.goto(`${path}?attribute=tone&sort=key-asc`);
  await whenAlive(other.page);
  const fifth = tones[4]?.id ?? 0;
  await other.page
    .locator(`[data-proposal="${fifth}"]`)
    .getByRole("button", { name: /^Accept/ })
    .click();
  await decided("2 accepted");
  await card(fifth).getByText("by Jun Park").waitFor();
  await other.context.close();

  // All the rest, but for the conflict.
  const undecided = await db.proposal.count({ where: { labelRunId, decision: "open" } });
  const rest = undecided - 2;
  await decisions.getByRole("button", { name: `Accept all ${rest} open …` }).click();
  await page.getByRole("dialog").getByText("1 conflict with a person's label stays open: accept one by one.").waitFor();
  await page.getByRole("button", { name: `Accept ${rest} proposals` }).click();
  await decided(`${rest + 2} accepted`);
  await decided("1 open");

  await decisions.getByRole("button", { name: `Promote ${rest + 2} labels` }).click();
  await page.getByRole("heading", { level: 1, name: /^Promote label run/ }).waitFor();
  await page.getByRole("button", { name: `Apply to ${rest + 2} items` }).click();
  await page.getByRole("button", { name: `Undo ${rest + 2} items …` }).waitFor();
  expect(
    await db.label.findMany({ where: { attribute: "tone", imageId: { in: [first.imageId, second.imageId] } } }),
  ).toMatchObject(
    [
      { imageId: first.imageId, value: first.value, source: "model", rev: 2 },
      { imageId: second.imageId, source: "person", rev: 1 },
    ].sort((a, b) => a.imageId - b.imageId),
  );

  await page.goto(path);
  await whenAlive(page);
  const promotions = page.getByRole("list", { name: "Promotions" });
  await promotions.getByText(`${rest + 2} labels promoted`).waitFor();
  await promotions.getByRole("button", { name: `Roll back ${rest + 2} labels …` }).click();
  await page.getByRole("button", { name: `Apply to ${rest + 2} items` }).click();
  await page.getByText("Undo", { exact: false }).first().waitFor();
  await expect.poll(async () => (await labels()).length).toBe(before.length);
  expect((await labels()).map(({ imageId, value, source }) => [imageId, value, source])).toEqual(
    before.map(({ imageId, value, source }) => [imageId, value, source]),
  );
  await page.goto(path);
  await promotions.getByText(/^Rolled back by run/).waitFor();
  await decisions.getByText(`${rest + 2} accepted`).waitFor();
  expect(complaints).toEqual([]);
});

test("a prompt's request is read, and it is tried on one image", async () => {
  const { id } = await db.promptVersion.findFirstOrThrow({ where: { name: "Personas" } });
  await signInByHand(page, "Jun Park");
  await open(page, `/prompts/${id}`);
  await page.getByRole("link", { name: "Request", exact: true }).click();
  await page.getByText(/^One image: .+ tokens in, about /).waitFor();
  await page.getByText("the image that is asked about›").waitFor();

  await page.getByRole("link", { name: "Try on one image" }).click();
  await button("Choose an image").click();
  await search().fill("02");
  await offered().filter({ hasText: "02" }).first().click();
  await button(/^Ask gemini-.* for about \$/).click();
  await page.getByRole("table", { name: /^What the model said of / }).waitFor();
});

test("a viewer reads a review, its cells and its files, and decides nothing", async () => {
  const { path } = await findTones("first");
  await signInByHand(page, "Sofia Reyes");
  await page.goto(path);
  await whenAlive(page);
  await page.getByRole("region", { name: "Decisions" }).waitFor();
  const review = page.getByRole("region", { name: "Review" });
  expect(await review.getByRole("button", { name: /^(Accept|Reject|Undo|Promote)/ }).count()).toBe(0);
  await review.getByRole("link", { name: /^wardrobe no label → casual: / }).click();
  await page.getByRole("heading", { name: /of wardrobe no label → casual/ }).waitFor();
  const file = await page.request.get(`${path}/proposals.json${new URL(page.url()).search}`);
  const rows: { attribute: string }[] = await file.json();
  expect(new Set(rows.map(({ attribute }) => attribute))).toEqual(new Set(["wardrobe"]));
  expect(complaints).toEqual([]);
});

test("what was typed outlives a lost connection and a reload, and the same content saved again leads to its version", async () => {
  await signInByHand(page, "Jun Park");
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
  expect(await page.getByText("It has been restored.").count()).toBe(0);
  await page.getByLabel("Instructions").fill("Say what you see there.");
  await button("Save as a new version").click();
  await heading("Kept v2").waitFor();
  await page.getByRole("link", { name: "Difference" }).click();
  await page.getByRole("insertion").getByText("there").waitFor();
});
