import { describe, expect, test } from "vitest";
import { LeaseLost } from "~/features/job-runs/engine/ledger/lease-lost";
import type { ItemContext } from "~/features/job-runs/kinds/handler";
import type { Storage } from "~/ports/storage.server";
import { chosenStore } from "../../../../tests/support/store/test-store";
import { openMoves, testMoves } from "../../../../tests/support/world/move-world";
import { moveItem } from "./move-object.server";
import type { Move } from "./object-move";

/** One object, planned to go from a.png to b.png; `move` does it. */
async function openOneMove(content = "one") {
  const world = await openMoves();
  await world.put({ "a.png": content });
  const { runId, items, context } = await world.plan([{ from: "a.png", to: "b.png" }]);
  const item = items[0];
  if (!item) throw new Error("Nothing was planned");
  return {
    ...world,
    runId,
    item,
    context,
    move: (
      change: { storage?: Partial<Storage>; context?: Partial<ItemContext<unknown>>; before?: Partial<Move> } = {},
    ) =>
      moveItem(
        { ...world.ports, storage: { ...world.storage, ...change.storage } },
        { ...item, before: { ...Object(item.before), ...change.before } },
        { ...context, ...change.context },
      ),
  };
}

describe("what is moved", () => {
  const headers = {
    contentType: "image/svg+xml",
    metadata: { "original-name": "%ED%95%9C.svg" },
    cacheControl: "private, max-age=300",
    contentDisposition: 'attachment; filename="a b.svg"',
    contentEncoding: "gzip",
    contentLanguage: "ko",
  };

  test("keeps its bytes and every header", async () => {
    const { storage, plan, ports } = await openMoves();
    const body = Buffer.from([0, 255, 10, 13, 0]);
    await storage.put("a.svg", body, headers);
    const { items, context } = await plan([{ from: "a.svg", to: "b/a.svg" }]);
    const before = await storage.head("a.svg");
    expect(items[0] && (await moveItem(ports, items[0], context))).toEqual({
      outcome: "succeeded",
      after: { key: "b/a.svg", etag: before?.etag, bytes: 5 },
    });
    const { head, body: moved } = await storage.get("b/a.svg");
    expect(head).toMatchObject({ ...headers, etag: before?.etag });
    expect(moved).toEqual(body);
    expect(await storage.head("a.svg")).toBeNull();
  });

  const keys: [string, string][] = [
    ["a folder marker", "folder/"],
    ["Korean in NFC", "한글/정면.png".normalize("NFC")],
    ["Korean in NFD", "한글/정면.png".normalize("NFD")],
    ["an emoji", "🙂/🙂.png"],
    ["two dots", "a/../b.png"],
    ["leading and trailing spaces", "  a / b .png "],
    ["what looks encoded", "100%/a%2Fb+c.png"],
    ["a character that XML cannot carry", "a\u0001b.png"],
    ["1,024 bytes", `${"k".repeat(1_015)}.png`],
  ];

  test.each(keys)("%s goes there and back", async (_, name) => {
    const { put, carryOut, contents, plan, ports } = await openMoves();
    const there = `from/${name}`;
    const here = `here/${name}`;
    const content = name.endsWith("/") ? "" : "content";
    await put({ [there]: content });
    const run = await carryOut(testMoves, { moves: [{ from: there, to: here }] });
    expect(run).toMatchObject({ succeeded: 1 });
    expect(await contents()).toEqual({ [here]: content });
    const { items, context } = await plan([{ from: here, to: there }]);
    expect(items[0] && (await moveItem(ports, items[0], context))).toMatchObject({ outcome: "succeeded" });
    expect(await contents()).toEqual({ [there]: content });
  });

  test("is never a key that is too long, an object that is too large, or one that is there already", async () => {
    const { put, plan, ports, contents } = await openMoves();
    await put({ "a.png": "one" });
    const { items, context } = await plan([
      { from: "a.png", to: "가".repeat(342) },
      { from: "a.png", to: "b.png" },
      { from: "a.png", to: "a.png" },
    ]);
    const [long, large, same] = items;
    if (!long || !large || !same) throw new Error("Nothing was planned");
    expect(await moveItem(ports, long, context)).toMatchObject({
      outcome: "skipped",
      reason: expect.stringMatching(/longer than the 1,024 bytes of a key, so “a.png” stays where it is/),
    });
    const before = { ...Object(large.before), bytes: 128 * 1024 * 1024 + 1 };
    expect(await moveItem(ports, { ...large, before }, context)).toMatchObject({
      outcome: "failed",
      errorClass: "too-large",
      error: "“a.png” has more than 128 MiB, too much to be moved here. Move it with an S3 tool.",
    });
    expect(await moveItem(ports, same, context)).toEqual({ outcome: "skipped", reason: "“a.png” is there already." });
    expect(await contents()).toEqual({ "a.png": "one" });
  });
});

describe("something stands in the way", () => {
  test.each(["other", "one"])(
    "of an object at the target (%s): both stay, and a repetition skips as well",
    async (there) => {
      const { put, move, contents, db } = await openOneMove("one");
      await put({ "b.png": there });
      const skipped = { outcome: "skipped", reason: "“b.png” exists already, so “a.png” stays where it is." };
      expect(await move()).toMatchObject(skipped);
      expect(await move()).toMatchObject(skipped);
      expect(await contents()).toEqual({ "a.png": "one", "b.png": there });
      expect(await db.objectMove.count()).toBe(0);
    },
  );

  // Swift has neither conditions nor versions: what is lost there is told, and tested, in place-object.test.ts.
  test.skipIf(chosenStore().plays === "swift")(
    "someone writes to the target just before we do: theirs stays",
    async () => {
      const { put, move, contents, storage } = await openOneMove();
      const late: Storage["put"] = async (key, body, options) => {
        await put({ "b.png": "theirs" });
        return storage.put(key, body, options);
      };
      expect(await move({ storage: { put: late } })).toMatchObject({ outcome: "skipped", reason: /exists already/ });
      expect(await contents()).toEqual({ "a.png": "one", "b.png": "theirs" });
    },
  );

  test("the source was replaced or taken since the plan", async () => {
    const { put, move, contents, storage } = await openOneMove();
    await put({ "a.png": "two" });
    expect(await move()).toMatchObject({ reason: "“a.png” has changed since the plan was made." });
    expect(await contents()).toEqual({ "a.png": "two" });
    await storage.delete("a.png");
    expect(await move()).toMatchObject({ outcome: "skipped", reason: "“a.png” is gone since the plan was made." });
  });

  test("an object that listings give another ETag moves, also when its worker died; one that has changed does not", async () => {
    const { put, move, contents, storage } = await openOneMove();
    const otherwise: Pick<Storage, "get" | "head" | "delete"> = {
      async get(key, options) {
        const { head, body } = await storage.get(key, options);
        return { head: { ...head, etag: `read-${head.etag}` }, body };
      },
      async head(key, options) {
        const head = await storage.head(key, options);
        return head && { ...head, etag: `read-${head.etag}` };
      },
      delete: (key, options) =>
        storage.delete(key, { ...options, ...(options?.ifMatch && { ifMatch: options.ifMatch.replace("read-", "") }) }),
    };
    await put({ "a.png": "two" });
    expect(await move({ storage: otherwise })).toMatchObject({
      reason: "“a.png” has changed since the plan was made.",
    });
    await put({ "a.png": "one" });
    const dies = () => Promise.reject(new Error("The worker died"));
    await expect(move({ storage: { ...otherwise, delete: dies } })).rejects.toThrow("died");
    expect(await move({ storage: otherwise })).toMatchObject({ outcome: "succeeded" });
    expect(await contents()).toEqual({ "b.png": "one" });
  });

  test("the source is replaced while it moves: both remain, and the item fails by name, also when retried", async () => {
    const { put, move, contents, storage } = await openOneMove();
    const meanwhile: Storage["put"] = async (...call) => {
      const answer = await storage.put(...call);
      await put({ "a.png": "two" });
      return answer;
    };
    const failed = {
      outcome: "failed",
      errorClass: "replaced-meanwhile",
      error: "“a.png” was replaced while it was moved. It stays as it is now; what was there before lies at “b.png”.",
    };
    expect(await move({ storage: { put: meanwhile } })).toMatchObject(failed);
    expect(await move()).toMatchObject(failed);
    expect(await contents()).toEqual({ "a.png": "two", "b.png": "one" });
  });

  test.each(["replaced", "deleted"])("a worker dies with its copy made, then the source is %s", async (how) => {
    const { addImage, plan, ports, db, storage, put, contents } = await openMoves();
    const [from, to] = ["references/a.png", "references/b.png"];
    const id = await addImage(from, "one");
    const { items, context } = await plan([{ from, to }]);
    const item = items[0];
    if (!item) throw new Error("Nothing was planned");
    const get: Storage["get"] = async (key, options) => {
      if (key === to) throw new Error("The worker died");
      return storage.get(key, options);
    };
    await expect(moveItem({ ...ports, storage: { ...storage, get } }, item, context)).rejects.toThrow("died");
    if (how === "replaced") {
      await put({ [from]: "two" });
      const failed = { outcome: "failed", errorClass: "replaced-meanwhile" };
      expect(await moveItem(ports, item, context)).toMatchObject(failed);
      expect(await contents()).toEqual({ [from]: "two", [to]: "one" });
    } else {
      await storage.delete(from);
      // Its copy is all that is left of it, and where its row leads.
      expect(await moveItem(ports, item, context)).toMatchObject({ outcome: "succeeded", after: { key: to } });
      expect(await contents()).toEqual({ [to]: "one" });
      expect(await db.image.findUnique({ where: { id } })).toMatchObject({ key: to, goneAt: null });
    }
  });

  test.each(["taken", "replaced"])(
    "the copy is %s before the source goes: the source and its row stay",
    async (how) => {
      const { addImage, plan, ports, db, storage, put, contents } = await openMoves();
      const id = await addImage("references/a.png", "one");
      const { items, context } = await plan([{ from: "references/a.png", to: "references/b.png" }]);
      const item = items[0];
      if (!item) throw new Error("Nothing was planned");
      let isDone = false;
      const head: Storage["head"] = async (key, options) => {
        if (key === "references/b.png" && !isDone && (await storage.head(key))) {
          isDone = true;
          if (how === "taken") await storage.delete(key);
          else await put({ [key]: "theirs" });
        }
        return storage.head(key, options);
      };
      const result = await moveItem({ ...ports, storage: { ...storage, head } }, item, context);
      expect(result).toMatchObject({ outcome: "failed", errorClass: "copy-lost" });
      await db.$write(async (tx) => {
        await context.hold(tx);
        await result.write?.(tx);
      });
      expect(await db.image.findUnique({ where: { id } })).toMatchObject({ key: "references/a.png", goneAt: null });
      expect((await contents())["references/a.png"]).toBe("one");
      const retried = await moveItem(ports, item, context);
      if (how === "taken") {
        expect(retried).toMatchObject({ outcome: "succeeded" });
        expect(await contents()).toEqual({ "references/b.png": "one" });
        expect(await db.image.findUnique({ where: { id } })).toMatchObject({ key: "references/b.png" });
      } else {
        expect(retried).toMatchObject({ outcome: "skipped" });
        expect(await contents()).toEqual({ "references/a.png": "one", "references/b.png": "theirs" });
      }
    },
  );
});

describe("faults of the store", () => {
  test.each([
    ["the answer to the PUT is lost", { operation: "PutObject", loseAnswer: true as const, times: 1 }],
    ["the PUT answers 503", { operation: "PutObject", status: 503, times: 1 }],
    ["the source is cut off", { operation: "GetObject", keyPattern: "from", cutBody: true as const, times: 1 }],
    ["the copy is cut off", { operation: "GetObject", keyPattern: "to", cutBody: true as const, times: 1 }],
    ["a HEAD answers 500", { operation: "HeadObject", keyPattern: "to", status: 500, times: 1 }],
    ["the answer to the DELETE is lost", { operation: "DeleteObject", loseAnswer: true as const, times: 1 }],
    ["the DELETE answers 503", { operation: "DeleteObject", status: 503, times: 1 }],
  ])("%s: another attempt ends it", async (_, fault) => {
    const { addImage, plan, ports, setFaults, contents } = await openMoves();
    await addImage("references/from.png", "content");
    const { items, context } = await plan([{ from: "references/from.png", to: "references/to.png" }]);
    const item = items[0];
    if (!item) throw new Error("Nothing was planned");
    setFaults([fault]);
    expect(await moveItem(ports, item, context)).toMatchObject({ outcome: "failed", retryable: true });
    expect(Object.values(await contents())).toContain("content");
    expect(await moveItem(ports, item, context)).toMatchObject({ outcome: "succeeded" });
    expect(await contents()).toEqual({ "references/to.png": "content" });
  });
});

describe("the fence", () => {
  test.each([1, 2])("a worker that lost its lease (at hold %i) deletes nothing", async (lostAt) => {
    const { move, contents, context } = await openOneMove();
    let holds = 0;
    const hold: typeof context.hold = async (tx) => {
      await context.hold(tx);
      if (++holds >= lostAt) throw new LeaseLost("taken over");
    };
    await expect(move({ context: { hold } })).rejects.toThrow(LeaseLost);
    expect(await contents()).toMatchObject({ "a.png": "one" });
    expect(holds).toBe(lostAt);
  });

  test("a worker that was stopped before it deletes looks again, and leaves what an undo has put back", async () => {
    const { item, ports, context, storage, contents } = await openOneMove();
    let late = 0;
    let wakes = () => {};
    // Everything was looked at, and then the process stood still for a minute.
    const head: Storage["head"] = async (...call) => {
      const answer = await storage.head(...call);
      if (call[0] === "a.png" && late === 0 && (await storage.head("b.png"))) {
        late = 60_000;
        wakes();
      }
      return answer;
    };
    const clock = { now: () => new Date(Date.now() + late) };
    let isLost = false;
    wakes = () => {
      isLost = true;
    };
    const hold: typeof context.hold = async (tx) => {
      await context.hold(tx);
      if (isLost) throw new LeaseLost("taken over");
    };
    const stopped = { ...ports, clock, storage: { ...storage, head } };
    await expect(moveItem(stopped, item, { ...context, hold })).rejects.toThrow(LeaseLost);
    expect(await contents()).toEqual({ "a.png": "one", "b.png": "one" });
  });

  test("one that was slow, and still holds its lease, goes on", async () => {
    const { item, ports, context, storage, contents } = await openOneMove();
    let late = 0;
    const head: Storage["head"] = async (...call) => {
      const answer = await storage.head(...call);
      if (call[0] === "a.png" && late < 12_000) late += 6_000;
      return answer;
    };
    const clock = { now: () => new Date(Date.now() + late) };
    expect(await moveItem({ ...ports, clock, storage: { ...storage, head } }, item, context)).toMatchObject({
      outcome: "succeeded",
    });
    expect(late).toBe(12_000);
    expect(await contents()).toEqual({ "b.png": "one" });
  });
});
