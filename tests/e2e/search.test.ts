import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { handOver } from "./support/hand-over";
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

/** A sample as someone might have it on their own machine: smaller, and a JPEG. */
async function pictureLike(end: string): Promise<Buffer> {
  const { key } = await ports.db.image.findFirstOrThrow({ where: { key: { endsWith: end } } });
  const { body } = await ports.storage.get(key, { maxBytes: 10_000_000 });
  return sharp(body).resize(300).jpeg().toBuffer();
}

test("a picture of one's own finds images that are like it; what is none is said, and the page stays", async () => {
  await open(page, "/images/search");
  const smaller = await pictureLike("front_warm/reference.png");
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

test("a picture is dropped and another pasted, and the page shows which", async () => {
  await open(page, "/images/search");
  const pictures = [
    ["drop", "front_warm/reference.png"],
    ["paste", "back_warm/reference.png"],
  ] as const;
  const shown: (string | null)[] = [];
  for (const [how, end] of pictures) {
    const before = page.url();
    await handOver(page, [{ name: "mine.jpg", type: "image/jpeg", body: await pictureLike(end) }], { how });
    await page.waitForURL((now) => String(now) !== before && now.searchParams.has("picture"));
    const chip = page.getByRole("search", { name: "Search" }).locator("img");
    await expect.poll(() => chip.getAttribute("src")).not.toBe(shown[0] ?? null);
    shown.push(await chip.getAttribute("src"));
    await results().getByRole("listitem").first().getByRole("img", { name: "reference.png" }).waitFor();
  }
  expect(shown).toEqual([expect.stringMatching(/^data:image\/jpeg/), expect.stringMatching(/^data:image\/jpeg/)]);
  await handOver(page, [{ name: "phone.heic", body: Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1") }], {
    how: "drop",
  });
  await page.getByRole("alert").getByText(/HEIC/).waitFor();
});

test("copies of one picture are one result, which opens; beside an image they say that they are nearly the same", async () => {
  const copies = { where: { key: { contains: "/profile_neutral/" } } };
  await ports.db.image.updateMany({ ...copies, data: { sha256: "a".repeat(64) } });
  const ids = (await ports.db.image.findMany({ ...copies, select: { id: true } })).map(({ id }) => id);
  await open(page, "/images/search?find=profile");
  const items = results().getByRole("listitem");
  const opener = button(`${ids.length - 1} nearly the same as`);
  await opener.waitFor();
  const folded = await items.count();
  await opener.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => items.count()).toBe(folded + ids.length - 1);
  expect(await results().getByText("Nearly the same", { exact: true }).count()).toBe(ids.length - 1);
  await opener.click();
  await expect.poll(() => items.count()).toBe(folded);

  await open(page, `/images/search?like=${ids[0]}`);
  await items.first().getByText("Nearly the same", { exact: true }).waitFor();
  await button(`${ids.length - 2} nearly the same as`).click();
  expect(await results().getByText("Nearly the same", { exact: true }).count()).toBe(ids.length - 1);
  expect(complaints).toEqual([]);
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
