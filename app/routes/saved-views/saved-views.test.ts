import { expect, test } from "vitest";
import { signIn } from "~/web/sign-in/operator-session.server";
import { contextOf, startTestConsole } from "../../../tests/support/console";
import { action, loader } from "./route";

const at = new Date(1_700_000_000_000);

/** A console with two people, a viewer and an operator; each asks for themselves. */
async function open() {
  const { url, env, ports } = await startTestConsole({ routes: { "/saved-views": { action, loader } } });
  const context = contextOf({ env, ports });
  async function signedIn(name: string, role: string) {
    const data = { email: `${name}@diffs.studio`, name, role, createdAt: at };
    const { id } = await ports.db.operator.create({ data });
    const cookie = (await signIn({ request: new Request(url), context }, id)).split(";")[0] ?? "";
    const ask = (init: RequestInit, query = "") =>
      fetch(`${url}/saved-views${query}`, { ...init, headers: { Cookie: cookie, Origin: url } });
    return {
      async send(fields: Record<string, string>) {
        const response = await ask({ method: "POST", body: new URLSearchParams(fields) });
        return response.ok ? response.json() : response.status;
      },
      async list(): Promise<{ id: number; name: string; address: string; problem: string | null }[]> {
        return (await (await ask({}, "?page=/images")).json()).views;
      },
    };
  }
  return { db: ports.db, mina: await signedIn("mina", "viewer"), jun: await signedIn("jun", "operator") };
}

const save = (name: string, address: string) => ({ intent: "save", page: "/images", name, address });

test("a view keeps filter, order and look, not the place; it is its operator's own", async () => {
  const { mina, jun } = await open();
  expect(await mina.send(save(" Unowned ", "unowned=yes&sort=key-asc&view=table&after=12.34"))).toEqual({
    done: "save",
  });
  expect(await jun.send(save("Unowned", "kind=upload"))).toEqual({ done: "save" });
  const [view] = await mina.list();
  expect(view).toMatchObject({ name: "Unowned", address: "unowned=yes&sort=key-asc&view=table", problem: null });
  const id = String(view?.id);
  await jun.send({ intent: "delete", id });
  expect(await jun.send({ intent: "rename", id, name: "Mine" })).toEqual({
    refusal: "This view was deleted meanwhile.",
  });
  expect(await mina.send({ intent: "rename", id, name: "Nobody's" })).toEqual({ done: "rename" });
  expect((await mina.list()).map(({ name }) => name)).toEqual(["Nobody's"]);
  expect(await mina.send({ intent: "delete", id })).toEqual({ done: "delete" });
  expect(await mina.list()).toEqual([]);
  expect(await jun.list()).toHaveLength(1);
});

test.each([
  [save("", "kind=upload"), "Give the view a name."],
  [save("가".repeat(61), "kind=upload"), "A view's name has at most 60 characters."],
  [save("Uploads", "kind=upload"), "You have a view called “Uploads” already. Choose another name."],
  [save("New", "owners=u-1"), "There is no filter called “owners”."],
  [save("New", "label=mood:sad"), "There is no attribute called “mood”"],
  [{ ...save("New", ""), page: "/job-runs" }, "“/job-runs” has no views to save."],
  [{ intent: "rename", id: "2", name: "Uploads" }, "You have a view called “Uploads” already."],
])("refuses %j", async (fields, sentence) => {
  const { db, mina } = await open();
  await mina.send(save("Uploads", "kind=upload"));
  await mina.send(save("Other", "kind=other"));
  expect(await mina.send(fields)).toEqual({ refusal: expect.stringContaining(sentence) });
  expect(await db.savedView.count()).toBe(2);
});

test("a view whose filter is no more says so", async () => {
  const { db, mina } = await open();
  await db.savedView.create({
    data: { operatorId: 1, page: "/images", name: "Old", address: "mood=sad", createdAt: at },
  });
  expect((await mina.list())[0]?.problem).toMatch(/^There is no filter called “mood”/);
});

test("an operator has no more views than they can find their way in", async () => {
  const { db, mina } = await open();
  await db.savedView.createMany({
    data: Array.from({ length: 100 }, (_, n) => ({
      ...{ operatorId: 1, page: "/images", name: `View ${n}`, address: "kind=upload", createdAt: at },
    })),
  });
  expect(await mina.send(save("One more", "kind=upload"))).toEqual({
    refusal: "You have 100 views already. Delete one that you no longer need.",
  });
});

test.each<Record<string, string>>([{ intent: "save" }, { intent: "rename", id: "x", name: "A" }, {}])(
  "answers 400 to %j",
  async (fields) => {
    const { mina } = await open();
    expect(await mina.send(fields)).toBe(400);
  },
);
