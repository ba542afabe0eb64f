import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { open, openTestWindow, type TestWindow } from "./support/test-window";

const { url, ports, cloud } = await openConsole();

let context: TestWindow["context"];
let page: TestWindow["page"];
let complaints: TestWindow["complaints"];

beforeEach(async () => {
  ({ context, page, complaints } = await openTestWindow(url));
  await signInByHand(page, "Jun Park");
});
afterEach(() => context.close());

const button = (name: string | RegExp) => page.getByRole("button", { name });
const sent = () => page.getByRole("list", { name: "Pictures that are sent, in order" }).getByRole("listitem");
const drawn = () => page.getByRole("list", { name: "Images drawn" }).getByRole("link");

/** What goes wrong at the local Gemini from now on. */
async function setKnobs(knobs: Record<string, unknown>) {
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(knobs) };
  expect((await fetch(`${cloud.gemini.url}/_local/knobs`, init)).status).toBe(200);
}

const imageOf = (end: string) =>
  ports.db.image.findFirstOrThrow({ where: { key: { endsWith: end } }, select: { id: true, key: true, etag: true } });

test("a mode, its references, the quote, a refusal with its reason, and the same drawn again", async () => {
  await open(page, "/studio");
  await page.getByText("Say in the prompt what the picture is to show.").waitFor();
  await page.getByRole("textbox", { name: "Prompt" }).fill("A person in a red scarf");
  await page.getByRole("radio", { name: "Tone + angle" }).check({ force: true });
  await page.getByLabel("tone", { exact: true }).selectOption("warm");
  await page.getByLabel("angle", { exact: true }).selectOption("front");
  await sent().getByText("front_warm/reference.png").waitFor();
  expect(await sent().count()).toBe(1);
  await page.getByText(/^About \$0\.0\d/).waitFor();
  expect(new URL(page.url()).searchParams.get("mode")).toBe("tone+angle");

  await setKnobs({ rules: [{ fault: "image-safety", times: 1 }] });
  await button("Draw 2 images").click();
  const refused = page.getByRole("list", { name: "Not drawn" });
  await refused.getByText(/its safety filter holds it back\. \(IMAGE_SAFETY\) Describe .* does not charge/).waitFor();
  await drawn().first().waitFor();
  expect(await drawn().count()).toBe(1);

  const first = new URL(page.url()).searchParams.get("run");
  await page.getByText("The form below has this request").waitFor();
  expect(await page.getByRole("textbox", { name: "Prompt" }).inputValue()).toBe("A person in a red scarf");
  await sent().getByText("front_warm/reference.png").waitFor();
  await button("Draw 2 images").click();
  await page.getByRole("heading", { name: "Draw 2 images" }).waitFor();
  await expect.poll(() => new URL(page.url()).searchParams.get("run")).not.toBe(first);
  await expect.poll(() => drawn().count()).toBe(2);
  expect(complaints).toEqual([]);
});

test("own images come first, in an order that can be changed, and the base last", async () => {
  const [one, other] = [await imageOf("11/8c1f27d0.png"), await imageOf("11/b7e0934a.png")];
  await open(
    page,
    `/studio?own=${one.id},${other.id}&image=${one.id}&mode=tone%2Bangle&tone=warm&angle=front&prompt=A+hat`,
  );
  await expect.poll(() => sent().count()).toBe(4);
  const order = async () =>
    (await sent().allInnerTexts()).map(
      (text) => text.split("\n").filter((line) => /^(Yours|Reference|Base) /.test(line))[0],
    );
  expect(await order()).toEqual([
    "Yours 11/8c1f27d0.png",
    "Yours 11/b7e0934a.png",
    "Reference front_warm/reference.png",
    "Base 11/8c1f27d0.png",
  ]);
  await button("Send 11/b7e0934a.png earlier").click();
  await expect.poll(async () => (await order())[0]).toBe("Yours 11/b7e0934a.png");
  await button("Remove 11/b7e0934a.png").click();
  await expect.poll(() => sent().count()).toBe(3);

  await button("Choose images").click();
  await page.getByRole("combobox", { name: "Search images" }).fill("profile");
  await page
    .getByRole("option", { name: /profile/ })
    .first()
    .click();
  await button(/^More like /).click();
  await button(/^Like .*show all images$/).waitFor();
  await button("Done").click();
  expect(complaints).toEqual([]);
});

test("a mask painted with the mouse: what is drawn is in it, and every pixel outside stays", async () => {
  const base = await imageOf("11/8c1f27d0.png");
  await open(page, `/studio?image=${base.id}&base=mask&count=1&prompt=A+green+hat`);
  await page.getByText("Paint on the base image where it is to change.").waitFor();
  await page.getByRole("img", { name: "Mask: nothing is painted yet" }).waitFor();
  const canvas = page.locator("canvas");
  await expect.poll(() => canvas.getAttribute("width")).not.toBe("1");
  const box = await canvas.boundingBox();
  if (!box) throw new Error("There is no canvas to paint on.");
  await canvas.scrollIntoViewIfNeeded();
  await canvas.hover({ position: { x: box.width * 0.3, y: box.height * 0.3 } });
  await page.mouse.down();
  const moved = await canvas.boundingBox();
  if (!moved) throw new Error("The canvas is gone.");
  await page.mouse.move(moved.x + moved.width * 0.6, moved.y + moved.height * 0.3, { steps: 8 });
  await page.mouse.up();
  await page.getByRole("img", { name: "Mask: painted in 1 step" }).waitFor();
  await page.getByLabel("Left").fill("10");
  await page.getByLabel("Top").fill("10");
  await page.getByLabel("Width").fill("40");
  await page.getByLabel("Height").fill("30");
  await button("Paint the rectangle").click();
  await button("Invert").click();
  await button("Undo").click();
  await page.getByRole("img", { name: "Mask: painted in 2 steps" }).waitFor();
  await button("Draw 1 image").click();
  await page.getByRole("heading", { name: "Draw 1 image with a mask" }).waitFor();
  await drawn().first().waitFor();

  const runId = Number(new URL(page.url()).searchParams.get("run"));
  const { png } = await ports.db.drawMask.findUniqueOrThrow({ where: { jobRunId: runId } });
  const made = await ports.db.image.findFirstOrThrow({ where: { key: { contains: `/run-${runId}-` } } });
  const pixels = async (bytes: Buffer) => sharp(bytes).removeAlpha().raw().toBuffer();
  const read = async (key: string) => pixels((await ports.storage.get(key, { maxBytes: 50_000_000 })).body);
  const [before, after, mask] = [await read(base.key), await read(made.key), await pixels(Buffer.from(png))];
  expect(after.length).toBe(before.length);
  const [changedInside, changedOutside] = countChanged({ before, after, mask });
  expect(changedInside).toBeGreaterThan(1_000);
  expect(changedOutside).toBe(0);
  // The mask is there for another try.
  await page.getByRole("img", { name: /^Mask: painted/ }).waitFor();
  expect(complaints).toEqual([]);
});

/** Samples that differ where the mask is painted, and where it is not. All of three channels. */
function countChanged({ before, after, mask }: Record<"before" | "after" | "mask", Buffer>): [number, number] {
  let [inside, outside] = [0, 0];
  for (let at = 0; at < before.length; at++) {
    if (before[at] === after[at]) continue;
    if (mask[at] === 0) outside += 1;
    else inside += 1;
  }
  return [inside, outside];
}
