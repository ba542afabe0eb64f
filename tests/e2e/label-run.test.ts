import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { open, openTestWindow, type TestWindow, whenAlive } from "./support/test-window";

const { url, cloud } = await openConsole();

let context: TestWindow["context"];
let page: TestWindow["page"];
let complaints: TestWindow["complaints"];

beforeEach(async () => {
  ({ context, page, complaints } = await openTestWindow(url));
});
afterEach(() => context.close());

/** What goes wrong at the local Gemini from now on. */
async function setKnobs(knobs: Record<string, unknown>) {
  const response = await fetch(`${cloud.gemini.url}/_local/knobs`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(knobs),
  });
  expect(response.status).toBe(200);
}

/** The SHA-256 of a picture that the local Gemini was asked about before. */
async function anImageAskedAbout(): Promise<string> {
  const { byImage } = z
    .object({ byImage: z.record(z.string(), z.number()) })
    .parse(await (await fetch(`${cloud.gemini.url}/_local/calls`)).json());
  const [image] = Object.keys(byImage);
  if (image === undefined) throw new Error("The local Gemini was asked about no picture yet.");
  return image;
}

/** Notes each value of the run's progress bar until what the run came to stands in its place. */
async function watchUntilOver(): Promise<number[]> {
  const bar = page.getByRole("progressbar", { name: "Progress of Label images in the root “Model”" });
  await bar.waitFor();
  const seen: number[] = [];
  for (;;) {
    const [share] = await bar.evaluateAll((bars) =>
      bars.map((element) => (element instanceof HTMLProgressElement ? element.position : -1)),
    );
    if (share === undefined) return seen;
    if (share !== seen.at(-1)) seen.push(share);
    await page.waitForTimeout(100);
  }
}

test("a label run, from signing in to what came back", async () => {
  const image = await anImageAskedAbout();
  await setKnobs({
    // Long enough for the page to be read several times meanwhile.
    latencyMs: 1_800,
    oneIn: { imageSafety: 0, breakSchema: 0 },
    rules: [
      { fault: "break-schema", image },
      { fault: "image-safety", times: 1 },
      { fault: "empty", times: 1 },
      { fault: "fenced", times: 1 },
    ],
  });
  await signInByHand(page, "Jun Park");

  await page.getByRole("link", { name: "Attribute groups", exact: true }).click();
  await page.getByRole("link", { name: /front_warm/ }).click();
  await page.getByRole("heading", { level: 1, name: "front_warm" }).waitFor();
  const picture = page.getByRole("img", { name: "reference.png" });
  await expect
    .poll(() => picture.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0)))
    .toBeGreaterThan(0);

  await page.getByRole("link", { name: "Labeling", exact: true }).click();
  await page.getByRole("link", { name: "New label run" }).first().click();
  await page.getByLabel("All images").check();
  await page.getByRole("button", { name: "Plan label run" }).click();
  const apply = page.getByRole("button", { name: /^Propose labels for \d+ images$/ });
  await apply.waitFor();
  const planned = Number(/\d+/.exec((await apply.textContent()) ?? "")?.[0]);
  await page.evaluate("window.isStillThisPage = true");
  await apply.click();

  const seen = await watchUntilOver();
  expect(seen.length, `the bar showed ${seen.join(", ")}`).toBeGreaterThan(2);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  await page.getByText(`${planned - 2} answered · 2 failed · 0 skipped`).waitFor();
  expect(await page.evaluate("window.isStillThisPage")).toBe(true);

  const results = page.getByRole("navigation", { name: "Results" });
  await results.getByRole("link", { name: "Refused 1" }).click();
  await page
    .getByText(/Gemini declined to label this image: .* \(IMAGE_SAFETY\): “The local Gemini was told to stop/)
    .waitFor();
  await results.getByRole("link", { name: "Unusable 1" }).click();
  await page.getByText(/^Asked twice\. The answer breaks the schema: /).waitFor();
  await results.getByRole("link", { name: `Proposals ${planned - 2}` }).click();
  await page.getByRole("heading", { name: "What was proposed" }).waitFor();
  // The answer that breaks the schema came twice, the empty one once.
  await page.getByText("3 unusable answers").waitFor();
  await page.getByText("1 answer fixed while reading").waitFor();
  await page.getByText("Fixed while reading: came in a code fence").waitFor();

  await results.getByRole("link", { name: "Plan and prompt" }).click();
  const quote = page.getByRole("table", { name: "Quote and actual" });
  const cells = async (line: string) => quote.getByRole("row", { name: line }).getByRole("cell").allTextContents();
  await quote.waitFor();
  // Each picture counts as prices/models.json says: the image that was asked about, and three examples.
  expect(await cells("Image tokens a call")).toEqual(["4\u202f480", "4\u202f480"]);
  expect((await cells("Calls"))[1]).toBe(String(planned + 2));
  expect(complaints).toEqual([]);
});

test("a label run over selected images, and over a filter of the address", async () => {
  await signInByHand(page, "Jun Park");
  await open(page, "/images?kind=reference");
  await page.getByRole("region", { name: "Images found" }).getByRole("img").first().waitFor();
  await page.getByRole("checkbox").nth(0).check();
  await page.getByRole("checkbox").nth(1).check();
  await page.getByRole("button", { name: "Label run…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("heading", { name: "Label 2 images" }).waitFor();
  await dialog.getByRole("option", { name: /^Personas, with examples/ }).waitFor({ state: "attached" });
  await dialog.getByLabel("Budget in US dollars").fill("all of it");
  await dialog.getByRole("button", { name: "Plan label run" }).click();
  await dialog.getByText("Give an amount in dollars, such as 0.50.").waitFor();
  await dialog.getByLabel("Budget in US dollars").fill("0.25");
  await dialog.getByLabel("Ask again about images").check();
  await dialog.getByRole("button", { name: "Plan label run" }).click();
  const planned = page.getByRole("heading", { level: 1, name: /^Label run \d+ · Personas/ });
  await planned.waitFor();
  await page.getByText("2 images", { exact: true }).first().waitFor();

  await open(page, "/label-runs/new?kind=reference&until=2000-01-01");
  await page.getByRole("status").getByText("0 images").waitFor();
  await page.getByRole("button", { name: "Plan label run" }).click();
  await page.getByText("No image matches this selection, so there is nothing to do.", { exact: true }).waitFor();
  await page.getByLabel("Without a label").check();
  await page
    .getByRole("status")
    .getByText(/^\d+ images$/)
    .waitFor();
  await page.getByRole("button", { name: "Plan label run" }).click();
  await planned.waitFor();
  await page.getByText("images without a label for angle, tone").first().waitFor();
  expect(complaints).toEqual([]);
});

test("a viewer reads a label run and is offered nothing to start", async () => {
  await signInByHand(page, "Sofia Reyes");
  await page.getByRole("link", { name: "Labeling", exact: true }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(await page.getByRole("link", { name: "New label run" }).count()).toBe(0);
  const answer = await page.goto("/label-runs/new");
  expect(answer?.status()).toBe(403);
});

test("someone on no list is told so and stays outside", async () => {
  await page.goto("/attribute-groups");
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await page.getByRole("button", { name: "Alex Moor" }).click();
  await page
    .getByRole("alert")
    .getByText(/alex@elsewhere\.example/)
    .waitFor();
  await page.goto("/");
  expect(new URL(page.url()).pathname).toBe("/login");
});

test("signing in leads to the page that was asked for, and signing out ends it", async () => {
  await page.goto("/attribute-groups?root=Model");
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await page.getByRole("button", { name: "Mina Sato" }).click();
  await page.getByRole("heading", { level: 1, name: "Attribute groups" }).waitFor();
  expect(page.url()).toBe(`${url}/attribute-groups?root=Model`);

  // A menu opens only once the page's scripts have run.
  await whenAlive(page);
  await page.getByRole("button", { name: /Mina Sato/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in with Google" }).waitFor();
  await page.goto("/job-runs");
  expect(new URL(page.url()).pathname).toBe("/login");
});
