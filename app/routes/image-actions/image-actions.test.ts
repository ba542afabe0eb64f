import { expect, test } from "vitest";
import { signIn } from "~/web/sign-in/operator-session.server";
import { contextOf, startTestConsole } from "../../../tests/support/console";
import { action } from "./route";

const at = new Date(1_700_000_000_000);

/** A console with three images: two without owner and thumbnail, one with both. */
async function open() {
  const { url, env, ports } = await startTestConsole({ routes: { "/image-actions": { action } } });
  const { db } = ports;
  await db.owner.create({ data: { id: "u-1", name: "Mina Sato", createdAt: at } });
  for (const [id, ownerId] of [
    [1, null],
    [2, null],
    [3, "u-1"],
  ] as const) {
    const thumbnailEtag = ownerId === null ? null : "e";
    const image = { key: `uploads/${id}.png`, etag: "e", bytes: 1n, kind: "upload", ownerId, thumbnailEtag };
    await db.image.create({ data: { id, ...image, modifiedAt: at, createdAt: at } });
  }
  const { id } = await db.operator.create({
    data: { email: "jun@diffs.studio", name: "Jun Park", role: "operator", createdAt: at },
  });
  const context = contextOf({ env, ports });
  const cookie = (await signIn({ request: new Request(url), context }, id)).split(";")[0] ?? "";
  async function send(fields: Record<string, string>) {
    const response = await fetch(`${url}/image-actions`, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Cookie: cookie, Origin: url },
      redirect: "manual",
    });
    return { status: response.status, to: response.headers.get("Location"), text: await response.text() };
  }
  const runs = async () =>
    (await db.jobRun.findMany()).map(({ kind, payload, actorName }) => ({ kind, actorName, ...JSON.parse(payload) }));
  return { send, runs };
}

const unowned = JSON.stringify({ query: { unowned: true } });

test.each([
  [
    { intent: "reassign-owner", selection: unowned, toOwnerId: "u-1" },
    { kind: "reassign-owner", toOwnerId: "u-1" },
  ],
  [
    { intent: "reassign-owner", selection: unowned, toOwnerId: "u-1", rekey: "yes" },
    { kind: "rekey-owner", toOwnerId: "u-1" },
  ],
  [
    { intent: "backfill-thumbnails", selection: unowned },
    { kind: "backfill-thumbnails", force: false },
  ],
  [
    { intent: "set-labels", selection: unowned, attribute: "tone", value: "warm" },
    { kind: "set-labels", attribute: "tone", value: "warm" },
  ],
  [
    { intent: "set-labels", selection: unowned, attribute: "tone" },
    { kind: "set-labels", attribute: "tone", value: null },
  ],
  [
    { intent: "convert-images", selection: unowned, format: "avif" },
    { kind: "convert-images", format: "avif", quality: 64 },
  ],
  [
    { intent: "convert-images", selection: unowned, format: "webp", quality: "90" },
    { kind: "convert-images", format: "webp", quality: 90 },
  ],
])("leads to the plan: %j", async (fields, run) => {
  const { send, runs } = await open();
  expect(await send(fields)).toMatchObject({ status: 302, to: "/job-runs/1" });
  expect(await runs()).toEqual([{ ...run, selection: { query: { unowned: true } }, actorName: "Jun Park" }]);
});

test("a label run leads to its own page, with the prompt, the budget and whether answered images are asked again", async () => {
  const { send, runs } = await open();
  const asked = { intent: "label-run", selection: unowned, prompt: "", budgetUsd: "0.25" };
  expect(await send(asked)).toMatchObject({ status: 302, to: "/label-runs/1" });
  expect(await send({ ...asked, again: "yes" })).toMatchObject({ status: 302, to: "/label-runs/2" });
  const run = { kind: "label-run", actorName: "Jun Park", selection: { query: { unowned: true } }, prompt: "Personas" };
  expect(await runs()).toEqual([
    { ...run, only: "unanswered" },
    { ...run, only: "all" },
  ]);
});

test.each([
  [
    { intent: "label-run", selection: unowned, prompt: "", budgetUsd: "a lot" },
    "Give an amount in dollars, such as 0.50.",
  ],
  [{ intent: "label-run", selection: unowned, prompt: "9", budgetUsd: "1" }, "There is no prompt version 9."],
  [
    { intent: "reassign-owner", selection: unowned, toOwnerId: "u-9" },
    "There is no owner “u-9”. Choose one of the owners.",
  ],
  [
    { intent: "backfill-thumbnails", selection: JSON.stringify({ query: { owner: ["u-9"] } }) },
    "No image matches this selection, so there is nothing to do.",
  ],
  [
    { intent: "backfill-thumbnails", selection: JSON.stringify({ query: { owner: ["u-1"] } }) },
    "There is no thumbnail to make: 1 image already has a thumbnail.",
  ],
  [
    { intent: "move-images", selection: unowned, root: "Model", to: "front_warm" },
    "All 2 selected images are not below “references/01. Model/”",
  ],
  [
    { intent: "reassign-owner", selection: JSON.stringify({ query: { root: "Nowhere" } }), toOwnerId: "u-1" },
    "There is no attribute root called “Nowhere”",
  ],
])("says in place why there is no plan: %j", async (fields, sentence) => {
  const { send, runs } = await open();
  const answer = await send(fields);
  expect(answer).toMatchObject({ status: 200, to: null });
  expect(answer.text).toContain(sentence);
  expect(await runs()).toEqual([]);
});

test.each<Record<string, string>>([
  { intent: "reassign-owner", selection: "{", toOwnerId: "u-1" },
  { intent: "reassign-owner", selection: JSON.stringify({ query: {} }), toOwnerId: "u-1" },
  { intent: "reassign-owner", selection: JSON.stringify({ ids: [] }), toOwnerId: "u-1" },
  { intent: "delete", selection: unowned },
  { intent: "label-run", selection: unowned, prompt: "1 or 2", budgetUsd: "1" },
])("answers 400 to a form that is none of its own: %j", async (fields) => {
  const { send, runs } = await open();
  expect(await send(fields)).toMatchObject({ status: 400 });
  expect(await runs()).toEqual([]);
});
