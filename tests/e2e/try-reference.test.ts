import { expect, test } from "vitest";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { findFaults } from "./support/find-faults";
import { open, openTestWindow } from "./support/test-window";

const { url, ports, cloud } = await openConsole();
const { db } = ports;

/** Two generations that used the reference of front_warm as it is now. */
async function addGenerations() {
  const { id, key, etag } = await db.image.findFirstOrThrow({
    where: { key: { startsWith: "references/01. Model/front_warm/reference." }, goneAt: null },
  });
  const drawn = await db.image.findFirstOrThrow({ where: { kind: "generated", goneAt: null } });
  for (const prompt of ["a person at the sea", "a person in the snow"]) {
    const createdAt = new Date();
    await db.generation.create({
      data: {
        ...{ id: prompt, prompt, mode: "tone", model: "gemini-nano-banana-2.1", imageId: drawn.id, record: "{}" },
        ...{ hash: prompt, createdAt },
        references: { create: { position: 1, imageId: id, key, etag, createdAt } },
      },
    });
  }
}

await addGenerations();
const narrow = { width: 390, height: 844, colorScheme: "dark" as const };

test("a plan of another reference is tried: generations and cost first, then old beside new, a refusal in its place", async () => {
  const { context, page, complaints } = await openTestWindow(url);
  await signInByHand(page, "Mina Sato");
  await open(page, "/attribute-groups/front_warm?root=Model");
  await page
    .getByRole("button", { name: /^Set as reference/ })
    .first()
    .click();
  await page.getByRole("link", { name: /^Try it on [23] generations$/ }).click();
  await page.getByRole("heading", { level: 1, name: /^Try another image in the place of “reference\./ }).waitFor();
  const tryPage = new URL(page.url()).pathname;
  await page.getByText(/that used it, each once with the old reference and once with the new one/).waitFor();
  await page.getByRole("link", { name: "a person in the snow" }).waitFor();
  await page.getByText(/^About \$0\.\d+/).waitFor();
  await page.getByText("The budget is enough.").waitFor();
  const budget = page.getByRole("textbox", { name: "Budget in US dollars" });
  expect(Number(await budget.inputValue())).toBeGreaterThan(0.1);
  await budget.fill("0");
  await budget.press("Enter");
  await page.getByRole("alert").getByText("A budget is more than $0.").waitFor();

  const knobs = JSON.stringify({ rules: [{ fault: "image-safety", words: "snow", times: 1 }] });
  const headers = { "content-type": "application/json" };
  expect((await fetch(`${cloud.gemini.url}/_local/knobs`, { method: "POST", headers, body: knobs })).status).toBe(200);
  await budget.fill("1");
  await budget.press("Enter");
  await page.getByRole("heading", { level: 2, name: "Old reference and new reference" }).waitFor();
  await page
    .getByText(/its safety filter holds it back\. \(IMAGE_SAFETY\)/)
    .first()
    .waitFor();
  await page.getByRole("link", { name: "Compare both in full, generation 2" }).waitFor();
  for (const side of ["Old", "New"]) await page.getByRole("img", { name: `${side} reference, generation 2` }).waitFor();
  const resultPage = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "Compare both in full, generation 2" }).click();
  await page.getByRole("link", { name: "a person at the sea" }).first().waitFor();
  await open(page, resultPage);
  await page.getByRole("link", { name: "The plan that it tries" }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();

  const other = await openTestWindow(url, narrow);
  await signInByHand(other.page, "Mina Sato");
  for (const path of [tryPage, resultPage]) {
    await open(other.page, path);
    expect(await findFaults(other.page), path).toEqual({ violations: [], overflow: 0 });
  }
  await other.page.getByRole("link", { name: "The plan that it tries" }).click();
  await other.page.getByRole("heading", { level: 2, name: "Try it first" }).waitFor();
  await other.context.close();
});
