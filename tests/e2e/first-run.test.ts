import { afterAll, beforeAll, expect, test } from "vitest";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { open, openTestWindow, type TestWindow } from "./support/test-window";

const { url, cloud, ports } = await openConsole({ isNew: true });

let context: TestWindow["context"];
let page: TestWindow["page"];
let complaints: TestWindow["complaints"];

beforeAll(async () => {
  ({ context, page, complaints } = await openTestWindow(url));
});
afterAll(() => context.close());

const step = (title: string) => page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: title }) });
const done = (title: string) => step(title).getByLabel("Done");
const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });

test("a bucket that cannot be listed is named, and is reached once it can be", async () => {
  await signInByHand(page, "Jun Park");
  await done("Reach the bucket").waitFor();
  cloud.s3.setFaults([{ operation: "ListObjectsV2", status: 403, code: "AccessDenied" }]);
  await ports.db.storeAbilities.deleteMany();
  await open(page, "/");
  await button("Probe the bucket").click();
  await step("Reach the bucket").getByText("Not yet").waitFor();
  expect(await step("Reach the bucket").textContent()).toMatch(/access was refused/i);
  expect(await page.getByRole("button", { name: /index the bucket/i }).count()).toBe(0);

  cloud.s3.setFaults([]);
  await button("Probe the bucket again").click();
  await done("Reach the bucket").waitFor();
  expect(await step("Reach the bucket").textContent()).toContain("“diffs-local”");
});

test("who may only look sees the steps and no button", async () => {
  const { context: other, page: theirs } = await openTestWindow(url);
  await signInByHand(theirs, "Sofia Reyes");
  await theirs.getByRole("heading", { name: "First steps" }).waitFor();
  await theirs.getByText("Operators and admins start these steps.").waitFor();
  expect(await theirs.getByRole("button", { name: /index the bucket/i }).count()).toBe(0);
  await other.close();
});

test("a page goes on reading where its rendering is slower than the answers", async () => {
  const { context: other, page: slow } = await openTestWindow(url);
  // React hands its work on by the messages of a channel.
  await slow.addInitScript(() => {
    const post = MessagePort.prototype.postMessage;
    MessagePort.prototype.postMessage = function (...message: [unknown]) {
      setTimeout(() => post.apply(this, message), 1_000);
    };
  });
  await signInByHand(slow, "Jun Park");
  await slow.getByRole("heading", { name: "First steps" }).waitFor();
  const reads: string[] = [];
  slow.on("requestfinished", (request) => reads.push(new URL(request.url()).pathname));
  await expect.poll(() => reads.filter((path) => path === "/_root.data").length).toBeGreaterThan(3);
  await other.close();
});

test("from an empty database to the first audit, and to thumbnails, by what the overview offers", async () => {
  // Reached by keyboard alone: the next step's button is the first of the page.
  await button("Index the bucket").focus();
  await page.keyboard.press("Enter");
  await done("Index the bucket").waitFor();
  await done("See the attribute roots").waitFor();
  expect(await step("See the attribute roots").textContent()).toContain("“references/01. Model/” (Model)");

  await button("Audit groups").click();
  await done("Audit the attribute groups").waitFor();
  expect(await step("Audit the attribute groups").textContent()).toMatch(/\d+ groups, \d+ findings/);

  await button("Plan thumbnails").click();
  await page.getByRole("button", { name: /^Apply to/ }).waitFor();
  await open(page, "/");
  await page.getByRole("link", { name: "Read the plan" }).click();
  await page.getByRole("button", { name: /^Apply to/ }).click();
  await page
    .getByRole("status")
    .getByText(/Finished, some failed|Succeeded/)
    .waitFor();

  await open(page, "/");
  await page.getByRole("heading", { name: "Last runs" }).waitFor();
  expect(await page.getByRole("heading", { name: "First steps" }).count()).toBe(0);
  expect(complaints).toEqual([]);
});
