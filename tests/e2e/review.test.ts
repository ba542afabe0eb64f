import { afterEach, beforeEach, expect, test } from "vitest";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { openTestWindow, type TestWindow, whenAlive } from "./support/test-window";

const { url, ports } = await openConsole();
const { db } = ports;

let context: TestWindow["context"];
let page: TestWindow["page"];
let complaints: TestWindow["complaints"];

beforeEach(async () => {
  ({ context, page, complaints } = await openTestWindow(url));
});
afterEach(() => context.close());

const labels = () => db.label.findMany({ orderBy: [{ imageId: "asc" }, { attribute: "asc" }] });

/** The label run that the main job left, and its tones in the order of their keys. */
async function findTones() {
  const { id: labelRunId, jobRunId } = await db.labelRun.findFirstOrThrow({ orderBy: { id: "asc" } });
  const tones = await db.proposal.findMany({
    where: { labelRunId, attribute: "tone" },
    orderBy: { image: { key: "asc" } },
    select: { id: true, imageId: true, value: true, image: { select: { etag: true } } },
  });
  return { path: `/label-runs/${jobRunId}`, labelRunId, tones };
}

/** What a person set, and a model before. */
async function label(imageId: number, value: string, source: "person" | "model") {
  const { etag } = await db.image.findUniqueOrThrow({ where: { id: imageId } });
  const by = { acceptedBy: "operator:1", acceptedAt: new Date("2026-11-20T10:00:00Z") };
  await db.label.create({ data: { imageId, attribute: "tone", value, etag, source, ...by } });
}

test("a label run is reviewed by keyboard, promoted and rolled back", async () => {
  const { path, labelRunId, tones } = await findTones();
  const [first, second, third, fourth] = tones;
  if (!first || !second || !third || !fourth) throw new Error("The main job left too few proposals");
  await label(first.imageId, first.value === "warm" ? "cool" : "warm", "person");
  await label(second.imageId, second.value === "warm" ? "cool" : "warm", "person");
  await label(third.imageId, third.value, "model");
  const before = await labels();

  await signInByHand(page, "Mina Sato");
  await page.goto(`${path}?attribute=tone&sort=key-asc`);
  await whenAlive(page);
  const decisions = page.getByRole("region", { name: "Decisions" });
  const said = (words: string) => decisions.getByText(words, { exact: true }).waitFor();
  const card = (id: number) => page.locator(`[data-proposal="${id}"]`);
  await decisions.getByText("2 conflicts with a person’s label").waitFor();

  // Over a person's label only when asked twice.
  await page.keyboard.press("j");
  await page.keyboard.press("a");
  await card(first.id).getByRole("alert").getByText("Accept once more to replace it.").waitFor();
  await page.keyboard.press("a");
  await said("1 accepted");
  // The focus has moved on to the second, the conflict that stays; the third changes nothing and is hidden.
  await page.keyboard.press("j");
  await page.keyboard.press("r");
  await said("1 rejected");
  await card(fourth.id).getByText("Rejected").waitFor();
  await page.keyboard.press("u");
  await said("0 rejected");
  await card(fourth.id)
    .getByRole("button", { name: /^Reject/ })
    .waitFor();

  // Space opens the image large, where the same keys decide.
  await card(fourth.id).locator("[data-opens]").focus();
  await page.keyboard.press("Space");
  const preview = page.getByRole("dialog");
  await preview.getByRole("heading", { name: "Labels" }).waitFor();
  await page.keyboard.press("r");
  // On to the next one.
  await page.waitForURL((address) => address.searchParams.get("proposal") === String(tones[4]?.id));
  await page.keyboard.press("Space");
  await preview.waitFor({ state: "detached" });
  await said("1 rejected");

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
  await said("2 accepted");
  await card(fifth).getByText("by Jun Park").waitFor();
  await other.context.close();

  // All the rest, but for the conflict.
  const open = await db.proposal.count({ where: { labelRunId, decision: "open" } });
  const rest = open - 2;
  await decisions.getByRole("button", { name: `Accept all ${rest} open …` }).click();
  await page.getByRole("dialog").getByText("1 conflict with a person's label stays open: accept one by one.").waitFor();
  await page.getByRole("button", { name: `Accept ${rest} proposals` }).click();
  await said(`${rest + 2} accepted`);
  await said("1 open");

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

test("a viewer reads a review, its cells and its files, and decides nothing", async () => {
  const { path } = await findTones();
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
