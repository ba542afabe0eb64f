import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { open, openTestWindow, type TestWindow } from "./support/test-window";

const { url, ports } = await openConsole();

let context: TestWindow["context"];
let page: TestWindow["page"];
let complaints: TestWindow["complaints"];

beforeEach(async () => {
  ({ context, page, complaints } = await openTestWindow(url));
  await signInByHand(page, "Jun Park");
});
afterEach(() => context.close());

const button = (name: string | RegExp) => page.getByRole("button", { name });
const results = () => page.getByRole("region", { name: "Images found" });

test("a word, more like one of its images, some of those selected, and the plan of another owner", async () => {
  await open(page, "/images/search");
  await page.getByRole("searchbox").fill("profile");
  await page.keyboard.press("Enter");
  await results()
    .getByText(/^Word: profile/)
    .first()
    .waitFor();
  // What shows a profile is found, too, whatever its key says.
  await results()
    .getByText(/^Similarity 0\.\d\d$/)
    .first()
    .waitFor();
  const first = results().getByRole("listitem").first();
  await first.getByRole("link").first().click();
  await page.getByRole("link", { name: "More like this" }).click();
  await page.getByRole("link", { name: /^Like / }).waitFor();
  await results()
    .getByText(/^Similarity/)
    .first()
    .waitFor();
  expect(await results().getByText(/^Word/).count()).toBe(0);

  await results().getByRole("checkbox").first().check();
  await results().getByRole("checkbox").nth(1).check();
  await page.getByRole("region", { name: "Selection" }).getByText("2 selected", { exact: true }).waitFor();
  await button("Reassign owner…").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "New owner" }).fill("jun");
  await dialog.getByRole("option", { name: "jun-park" }).click();
  await button("Plan the reassignment").click();
  await page.getByText("Nothing has been changed.").waitFor();
  expect(complaints).toEqual([]);
});

test("by the keyboard alone, an image is found and selected", async () => {
  await open(page, "/images/search?find=warm");
  await results().getByRole("img").first().waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.getByRole("region", { name: "Selection" }).getByText("1 selected", { exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("region", { name: "Selection" }).waitFor({ state: "detached" });
  expect(complaints).toEqual([]);
});

test("a picture of one's own finds images that are like it; what is none is said, and the page stays", async () => {
  await open(page, "/images/search");
  const { key } = await ports.db.image.findFirstOrThrow({ where: { key: { endsWith: "front_warm/reference.png" } } });
  const { body } = await ports.storage.get(key, { maxBytes: 10_000_000 });
  const smaller = await sharp(body).resize(300).jpeg().toBuffer();
  const input = page.locator('input[type="file"]');
  await input.setInputFiles({ name: "mine.jpg", mimeType: "image/jpeg", buffer: smaller });
  await page.getByText("Like your picture", { exact: true }).waitFor();
  expect(new URL(page.url()).searchParams.get("picture")).toMatch(/^[0-9a-f]{64}$/);
  const nearest = results().getByRole("listitem").first();
  await nearest.getByText(/^Similarity (0\.9\d|1\.00)$/).waitFor();

  await input.setInputFiles({ name: "notes.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no picture") });
  await page.getByRole("alert").waitFor();
  expect(await results().getByRole("listitem").count()).toBeGreaterThan(0);
  await page.getByRole("link", { name: "Remove: like your picture" }).click();
  await page.getByRole("heading", { name: "Say what you are looking for" }).waitFor();
});

test("without vectors the words still do, and the page says what is missing", async () => {
  await ports.db.imageEmbedding.deleteMany();
  await open(page, "/images/search?find=warm");
  await page.getByText("Likeness was not searched", { exact: true }).waitFor();
  await page.getByText(/^No image has a vector yet/).waitFor();
  await results()
    .getByText(/^Word: warm$/)
    .first()
    .waitFor();
  expect(complaints).toEqual([]);
});
