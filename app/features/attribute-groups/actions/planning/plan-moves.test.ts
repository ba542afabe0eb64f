import { expect, test } from "vitest";
import { keepAbilities } from "../../../../../tests/support/store/stores";
import { onAws } from "../../../../../tests/support/store/test-store";
import { openWorld } from "../../../../../tests/support/world/world";
import { type MoveTo, planMoves } from "./plan-moves.server";

const move = (from: string, to: string, bytes = 1): MoveTo => ({
  object: { key: from, etag: `etag of ${from}`, bytes },
  to,
});

async function plan(moves: MoveTo[], present: { key: string }[] = []) {
  const { ports, store } = await openWorld();
  await keepAbilities(ports, { store });
  const pages = planMoves(ports, { moves, present, facts: [], signal: new AbortController().signal });
  const items = [];
  for (;;) {
    const page = await pages.next();
    if (page.done) return { items: items.flat(), pages: items.length, summary: page.value };
    items.push(page.value);
  }
}

test("an object of more than 128 MiB is a conflict; one of just so many is none", async () => {
  const most = 128 * 1024 * 1024;
  const { items, summary } = await plan([move("a", "to/a", most), move("b", "to/b", most + 1)]);
  const conflict = "“b” has more than 128 MiB, too much to be moved here. Move it with an S3 tool.";
  expect(summary).toMatchObject({ bytes: most, s3Calls: onAws(9), conflicts: { count: 1, sample: [conflict] } });
  expect(items.map(({ target }) => target)).toEqual([{ key: "to/a" }, { key: "to/b", conflict }]);
});

test("a key that an earlier move leaves is free; one that stays taken is not", async () => {
  const present = [{ key: "a" }, { key: "b" }, { key: "c" }];
  const { summary } = await plan([move("a", "former"), move("b", "a"), move("x", "c"), move("y", "a")], present);
  expect(summary.conflicts?.sample).toEqual([
    "“c” exists already, so “x” stays where it is.",
    "“b” goes to “a” as well, so “y” stays where it is.",
  ]);
});

test("a move that cannot be leaves its key to nobody", async () => {
  const { summary } = await plan([move("a", "taken"), move("b", "a")], [{ key: "a" }, { key: "taken" }]);
  expect(summary.conflicts?.count).toBe(2);
});

test("2,500 moves come in pages of 500; of 25 conflicts 20 are said", async () => {
  const moves = Array.from({ length: 2_500 }, (_, n) => move(`from/${n}`, `to/${n}`));
  const present = moves.slice(-25).map(({ to }) => ({ key: to }));
  const { items, pages, summary } = await plan(moves, present);
  expect({ items: items.length, pages }).toEqual({ items: 2_500, pages: 5 });
  expect(summary.conflicts).toMatchObject({ count: 25, sample: { length: 20 } });
  expect(summary).toMatchObject({ bytes: 2_475, s3Calls: onAws(9 * 2_475) });
});

test("an image's thumbnail goes with it, but not to where nothing is tracked", async () => {
  const { ports, db, store } = await openWorld();
  await keepAbilities(ports, { store });
  const at = new Date(1_700_000_000_000);
  const row = { etag: "1", bytes: 1, kind: "reference", thumbnailEtag: "1", modifiedAt: at, createdAt: at };
  await db.image.createMany({ data: ["a", "b"].map((key) => ({ ...row, key })) });
  const calls = async (to: string) => {
    const moves = [move("a", `${to}a`), move("c", `${to}c`)];
    const pages = planMoves(ports, { moves, present: [], facts: [], signal: new AbortController().signal });
    await pages.next();
    const { value } = await pages.next();
    return value;
  };
  expect(await calls("to/")).toMatchObject({ s3Calls: onAws(9 * 2 + 3) });
  expect(await calls("trash/run-1/")).toMatchObject({ s3Calls: onAws(9 * 2) });
});
