import { expect, test } from "vitest";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { findFaults } from "./support/find-faults";
import { open, openTestWindow, whenAlive } from "./support/test-window";

const { url, ports } = await openConsole();
const { db } = ports;
const FRONT = "references/01. Model/front_warm/";

/** Four generations: two of one prompt with other words, one refused, one of long ago; two used the reference of front_warm. */
async function addGenerations() {
  const reference = await db.image.findFirstOrThrow({ where: { key: { startsWith: `${FRONT}reference.` } } });
  const pictures = await db.image.findMany({
    where: { kind: "generated", goneAt: null },
    orderBy: { id: "asc" },
    take: 2,
  });
  const day = (n: number) => new Date(Date.now() - n * 24 * 60 * 60 * 1_000);
  const add = (
    id: string,
    days: number,
    data: { prompt: string; imageId?: number; finishReason?: string },
    used = false,
  ) =>
    db.generation.create({
      data: {
        ...{ id, mode: "tone", model: "gemini-nano-banana-2.1", record: "{}", hash: id, createdAt: day(days), ...data },
        ...(used && {
          references: {
            create: { position: 1, imageId: reference.id, key: reference.key, etag: "former", createdAt: day(days) },
          },
        }),
      },
    });
  const [first, second] = pictures;
  await add("g-1", 3, { prompt: "a warm portrait at the sea", imageId: first?.id ?? 0 }, true);
  await add("g-2", 2, { prompt: "a cool portrait at the sea", imageId: second?.id ?? 0 });
  await add("g-3", 1, { prompt: "a warm portrait that was refused", finishReason: "IMAGE_SAFETY" }, true);
  await add("g/4?", 50, { prompt: "a dog" });
  return reference;
}

const reference = await addGenerations();
const looks = [
  { width: 1440, height: 900, colorScheme: "light" as const },
  { width: 390, height: 844, colorScheme: "dark" as const },
];

test("generations are found, looked at, compared and exported, and a plan tells what would be drawn otherwise", async () => {
  const { context, page, complaints } = await openTestWindow(url);
  await signInByHand(page, "Mina Sato");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Generations" }).click();
  await page.getByRole("heading", { level: 1, name: "Generations" }).waitFor();
  await whenAlive(page);
  await page.getByText("4 generations, newest first").waitFor();

  await page.getByRole("searchbox", { name: "Search prompts" }).fill("WARM portrait");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await page.getByText("2 generations, newest first").waitFor();
  await page.getByRole("button", { name: "Ended with" }).click();
  await page.getByRole("link", { name: "IMAGE_SAFETY (1)" }).click();
  await page.getByText("1 generation, newest first").waitFor();
  await page.getByRole("link", { name: "a warm portrait that was refused" }).click();
  await page.getByRole("heading", { name: "Why there is no picture" }).waitFor();
  await page.getByText("its safety filter holds it back").waitFor();
  await page.getByText("Shows another picture now").waitFor();
  expect(await page.getByRole("link", { name: "Regenerate" }).getAttribute("href")).toBe("/studio?generation=g-3");

  await page.getByRole("link", { name: "What it was used for" }).click();
  await page.getByText("2 generations, newest first").waitFor();
  await open(page, "/generations?with=g-1");
  expect(await page.getByRole("checkbox", { name: /a warm portrait at the sea/ }).isChecked()).toBe(true);
  await page.getByRole("checkbox", { name: /a cool portrait at the sea/ }).check();
  await page.getByRole("button", { name: "Compare 2 generations" }).click();
  await page.getByRole("heading", { level: 1, name: "Compare 2 generations" }).waitFor();
  expect(await page.locator("mark").allTextContents()).toEqual([" warm", " cool"]);
  await page.getByText("Only here").waitFor();
  const answer = await page.goto("/generations/compare?ids=g-1");
  expect(answer?.status()).toBe(422);
  await page.getByText("Choose 2 to 4 generations to compare, not 1.").waitFor();
  await page.goto("/generations/compare?ids=g-1,g-2,g-3");
  await page.getByRole("heading", { level: 1, name: "Compare 3 generations" }).waitFor();

  await open(page, "/generations?mode=tone&finish=none&text=sea");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export generations as CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^generations-\d{4}-\d\d-\d\d\.csv$/);

  await open(page, `/images/${reference.id}`);
  await page.getByText("Generations that used it").waitFor();
  await open(page, "/attribute-groups/front_warm?root=Model");
  await page.getByRole("link", { name: "What its references did: 2 generations" }).waitFor();
  await page
    .getByRole("button", { name: /^Set as reference/ })
    .first()
    .click();
  await page
    .getByText(/^Generations that used “reference\..*” of “front_warm” and would be drawn otherwise$/)
    .waitFor();
  await page.getByRole("link", { name: "2 in the last 30 days, 2 in all" }).click();
  await page.getByText("2 generations, newest first").waitFor();
  expect(complaints.filter((text) => !text.includes("422"))).toEqual([]);
  await context.close();
});

test.each(looks)("everyone can use these pages at $width px, $colorScheme", async (look) => {
  const { context, page } = await openTestWindow(url, look);
  await signInByHand(page, "Mina Sato");
  for (const path of [
    "/generations",
    "/generations?text=nothing-is-drawn-so",
    "/generations/g-1",
    "/generations/g-3",
    "/generations/g%2F4%3F",
    "/generations/compare?ids=g-1,g-2,g-3",
  ]) {
    await open(page, path);
    expect(await findFaults(page), path).toEqual({ violations: [], overflow: 0 });
  }
  await context.close();
});
