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
  await page.getByLabel("tone").selectOption("warm");
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
  const [one, other] = [await imageOf("profile_cool/reference.png"), await imageOf("front_warm/02.png")];
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
    "Yours profile_cool/reference.png",
    "Yours front_warm/02.png",
    "Reference front_warm/reference.png",
    "Base profile_cool/reference.png",
  ]);
  await button("Send front_warm/02.png earlier").click();
  await expect.poll(async () => (await order())[0]).toBe("Yours front_warm/02.png");
  await button("Remove front_warm/02.png").click();
  await expect.poll(() => sent().count()).toBe(3);

  await button("Choose images").click();
  await page.getByRole("combobox", { name: "Search images" }).fill("profile");
  await page.getByRole("option").first().click();
  await button(/^More like /).click();
  await button(/^Like .*show all images$/).waitFor();
  await button("Done").click();
  expect(complaints).toEqual([]);
});
