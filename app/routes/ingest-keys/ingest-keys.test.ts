import { expect, test } from "vitest";
import { ingestTarget } from "~/features/ingest/ingest-images";
import { planImages } from "~/features/ingest/uploads/plan-images.server";
import { signIn } from "~/web/sign-in/operator-session.server";
import { contextOf, startTestConsole } from "../../../tests/support/console";
import { runsOf } from "../../../tests/support/world/runs";
import { loader } from "./route";

const at = new Date(1_700_000_000_000);

/** A console where an owner has the topic “Cats”, so that another one that would be spelled alike gets a number. */
async function open(role = "operator") {
  const { url, env, ports } = await startTestConsole({ routes: {} });
  const { id: operatorId } = await ports.db.operator.create({
    data: { email: "mina@diffs.studio", name: "Mina Sato", role, createdAt: at },
  });
  await ports.db.topic.create({ data: { ownerId: "default", topic: "Cats", slug: "cats", createdAt: at } });
  const context = contextOf({ env, ports });
  const cookie = (await signIn({ request: new Request(url), context }, operatorId)).split(";")[0] ?? "";
  const preview = (fields: Record<string, string>) => {
    const asked = new URLSearchParams({ hasOwner: "no", role: "supporting", images: "1", ...fields });
    const request = new Request(`${url}/ingest-keys?${asked}`, { headers: { Cookie: cookie } });
    return loader({ request, context, params: {} });
  };
  return { ports, operatorId, preview };
}

test.each<[string, Record<string, string>, string]>([
  ["nothing told", {}, "default/{topic}/supporting/{hash}.{extension}"],
  ["a topic that is known", { topic: " Cats " }, "default/cats/supporting/{hash}.{extension}"],
  ["one that is spelled alike", { topic: "cats!" }, "default/cats-2/supporting/{hash}.{extension}"],
  ["another writing", { topic: "고양이", role: "hero" }, "default/goyangi/hero.{extension}"],
  ["nothing to spell", { topic: "🐈" }, "default/topic-65607de0/supporting/{hash}.{extension}"],
  ["an owner", { hasOwner: "yes", owner: "mina", topic: "cats!" }, "mina/cats/supporting/{hash}.{extension}"],
  ["no owner chosen yet", { hasOwner: "yes", topic: "Cats" }, "{owner}/cats/supporting/{hash}.{extension}"],
  ["no model yet", { role: "comparison", topic: "Cats" }, "default/cats/comparison/{model}_{hash}.{extension}"],
  [
    "the one picture of a platform",
    { role: "platform", platform: "X", isOg: "yes", topic: "Cats" },
    "default/cats/platform/x_og.{extension}",
  ],
  ["branding by its files' names", { role: "branding", images: "7" }, "default/branding/{name}.{extension}"],
])("with %s the keys are told as far as they are known", async (_what, fields, pattern) => {
  const { ports, preview } = await open();
  expect(await preview(fields)).toEqual({ pattern });
  // Asking gives no topic its slug.
  expect(await ports.db.topic.count()).toBe(1);
});

test.each<[string, Record<string, string>, string]>([
  ["an owner that no key begins with", { hasOwner: "yes", owner: "trash" }, "The owner is called like a folder"],
  [
    "a model that cannot be spelled",
    { role: "comparison", model: "🍌" },
    "This has the model “🍌”, which has no letter",
  ],
  ["several heroes", { role: "hero", images: "2" }, "A topic has one such picture, and here are 2 images."],
  ["several of one name", { role: "branding", name: "logo", images: "2" }, "Several images cannot have one name."],
])("%s is told instead of keys", async (_what, fields, problem) => {
  expect(await (await open()).preview(fields)).toEqual({ problem: expect.stringContaining(problem) });
});

test.each([
  ["topic", "hero", 1_000, "The topic is longer than 1\u202f000 characters."],
  ["model", "comparison", 200, "The model is longer than 200 characters."],
  ["platform", "platform", 200, "The platform is longer than 200 characters."],
  ["name", "branding", 200, "The name is longer than 200 characters."],
])(
  "a %s that is longer than its field takes is told, and the page outlasts it",
  async (field, role, longest, problem) => {
    const { preview } = await open();
    expect(await preview({ role, [field]: "a".repeat(longest) })).toHaveProperty("pattern");
    expect(await preview({ role, [field]: "a".repeat(longest + 1) })).toEqual({ problem });
  },
);

test("other fields than those of the page are refused", async () => {
  const { preview } = await open();
  await expect(preview({ role: "other" })).rejects.toThrow("These are not the fields of the ingest page.");
});

test("the plan of the same fields names the same place, and a viewer is told nothing", async () => {
  const { ports, operatorId, preview } = await open();
  const { runId } = await planImages(ports, {
    ...{ uploadIds: [], addresses: ["https://cdn.example.com/a.png"], owner: null, topic: "cats!" },
    ...{ role: { role: "comparison", model: "Gemini 2.1" }, operatorId, actor: { id: "operator:1", name: "Mina" } },
  });
  await runsOf(ports).work(runId);
  const { target } = await ports.db.jobItem.findFirstOrThrow({ where: { runId } });
  const { place } = ingestTarget.parse(JSON.parse(target ?? ""));
  expect(await preview({ topic: "cats!", role: "comparison", model: "Gemini 2.1" })).toEqual({
    pattern: `${place}_{hash}.{extension}`,
  });
  await expect((await open("viewer")).preview({})).rejects.toMatchObject({ status: 403 });
});
