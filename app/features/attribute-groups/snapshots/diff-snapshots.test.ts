import { describe, expect, test } from "vitest";
import { diffSnapshots, type ListingEntry, listingsToCompare, type SnapshotSide } from "./diff-snapshots";
import type { SnapshotChanges } from "./snapshot-changes";

/** Key below the root → ETag. A key that ends in "/" is a bare folder. */
type Tree = Record<string, string>;

const nothing = { added: [], removed: [], renamed: [], references: [], moved: [], plus: [], minus: [], replaced: [] };

/** A snapshot of a tree, its reference images being "ref.png". Its listings are known by what they hold. */
function snapshotOf(tree: Tree): { side: SnapshotSide; listings: Map<string, ListingEntry[]> } {
  const listings = new Map<string, ListingEntry[]>();
  const keep = (entries: ListingEntry[]) => {
    const hash = JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
    listings.set(hash, entries);
    return hash;
  };
  const names = [...new Set(Object.keys(tree).flatMap((key) => (key.includes("/") ? [key.split("/")[0] ?? ""] : [])))];
  const below = (prefix: string) =>
    Object.entries(tree)
      .filter(([key]) => key.startsWith(prefix) && !key.endsWith("/") && (prefix !== "" || !key.includes("/")))
      .map(([key, etag]): ListingEntry => [key.slice(prefix.length), etag, 1]);
  const groups = names.map((name) => {
    const entries = below(`${name}/`);
    const etag = tree[`${name}/ref.png`];
    return {
      prefix: `root/${name}/`,
      name,
      images: entries.length,
      objects: entries.length,
      reference: etag === undefined ? null : { key: `root/${name}/ref.png`, etag },
      listingHash: keep(entries),
    };
  });
  return { side: { prefix: "root/", groups, straysHash: keep(below("")) }, listings };
}

function diff(before: Tree, after: Tree): SnapshotChanges {
  const [a, b] = [snapshotOf(before), snapshotOf(after)];
  const all = new Map([...a.listings, ...b.listings]);
  // Only the listings that are said to be needed, so that one that is missing shows.
  const needed = listingsToCompare(a.side, b.side).map((hash) => [hash, all.get(hash) ?? []] as const);
  return diffSnapshots(a.side, b.side, new Map(needed));
}

/** The changes in few words: keys below the root. */
function inShort({ added, removed, renamed, references, objects }: SnapshotChanges) {
  const short = (key: string) => key.slice("root/".length);
  return {
    added: added.map(({ name }) => name),
    removed: removed.map(({ name }) => name),
    renamed: renamed.map(({ from, to }) => `${from.name} > ${to.name}`),
    references: references.map(({ name, before, after }) => `${name}: ${before?.etag ?? "-"} > ${after?.etag ?? "-"}`),
    moved: objects.moved.map(({ from, to }) => `${short(from)} > ${short(to)}`),
    plus: objects.added.map(({ key }) => short(key)),
    minus: objects.removed.map(({ key }) => short(key)),
    replaced: objects.replaced.map(({ key, before, after }) => `${short(key)}: ${before.etag} > ${after.etag}`),
  };
}

describe("two snapshots differ in", () => {
  test.each<[string, Tree, Tree, Partial<ReturnType<typeof inShort>>]>([
    ["nothing", { "a/1": "x", "b/2": "y", s: "z" }, { "a/1": "x", "b/2": "y", s: "z" }, {}],
    ["nothing, when both are empty", {}, {}, {}],
    ["a group more, with its objects", { "a/1": "x" }, { "a/1": "x", "b/2": "y" }, { added: ["b"], plus: ["b/2"] }],
    ["a group less, with its objects", { "a/1": "x", "b/2": "y" }, { "a/1": "x" }, { removed: ["b"], minus: ["b/2"] }],
    ["a bare folder more", { "a/1": "x" }, { "a/1": "x", "b/": "" }, { added: ["b"] }],
    ["a folder emptied", { "a/1": "x" }, { "a/": "" }, { minus: ["a/1"] }],
    ["a group renamed", { "a/1": "x", "a/2": "y" }, { "b/1": "x", "b/2": "y" }, { renamed: ["a > b"] }],
    [
      "a group renamed whose files were named anew as well",
      { "a/1": "x", "a/2": "y" },
      { "b/one": "y", "b/two": "x" },
      { renamed: ["a > b"] },
    ],
    [
      "a group renamed with the same picture twice",
      { "a/1": "x", "a/2": "x" },
      { "b/1": "x", "b/3": "x" },
      { renamed: ["a > b"] },
    ],
    [
      "no group renamed where one of two same pictures is gone",
      { "a/1": "x", "a/2": "x" },
      { "b/1": "x" },
      { removed: ["a"], added: ["b"], minus: ["a/1", "a/2"], plus: ["b/1"] },
    ],
    ["no group renamed where both are bare folders", { "a/": "" }, { "b/": "" }, { removed: ["a"], added: ["b"] }],
    [
      "a copy, for the first is still there",
      { "a/1": "x" },
      { "a/1": "x", "b/1": "x" },
      { added: ["b"], plus: ["b/1"] },
    ],
    [
      "two groups alike renamed, in key order",
      { "b/1": "x", "a/1": "x" },
      { "d/1": "x", "c/1": "x" },
      { renamed: ["a > c", "b > d"] },
    ],
    [
      "the group with the same names renamed rather than the one before it",
      { "a/other": "x", "b/1": "x" },
      { "c/1": "x" },
      { renamed: ["b > c"], removed: ["a"], minus: ["a/other"] },
    ],
    [
      "a group renamed and an object added to it: its objects moved",
      { "a/1": "x", "a/2": "y" },
      { "b/1": "x", "b/2": "y", "b/3": "z" },
      { removed: ["a"], added: ["b"], moved: ["a/1 > b/1", "a/2 > b/2"], plus: ["b/3"] },
    ],
    ["an image moved", { "a/1": "x", "b/2": "y" }, { "a/": "", "b/2": "y", "b/1": "x" }, { moved: ["a/1 > b/1"] }],
    ["an image named anew", { "a/1": "x", "a/2": "y" }, { "a/9": "x", "a/2": "y" }, { moved: ["a/1 > a/9"] }],
    ["a stray put in its place", { "a/1": "x", s: "z" }, { "a/1": "x", "a/s": "z" }, { moved: ["s > a/s"] }],
    [
      "one picture gone from two places and come to one: nobody can say which moved",
      { "a/1": "x", "b/1": "x", "c/2": "y" },
      { "a/": "", "b/": "", "c/2": "y", "c/1": "x" },
      { minus: ["a/1", "b/1"], plus: ["c/1"] },
    ],
    [
      "one picture gone and come to two places",
      { "a/1": "x", "b/2": "y" },
      { "a/": "", "b/2": "y", "b/1": "x", "b/3": "x" },
      { minus: ["a/1"], plus: ["b/1", "b/3"] },
    ],
    ["a file replaced", { "a/1": "x" }, { "a/1": "y" }, { replaced: ["a/1: x > y"] }],
    [
      "two files that took each other's place",
      { "a/1": "x", "a/2": "y" },
      { "a/1": "y", "a/2": "x" },
      { replaced: ["a/1: x > y", "a/2: y > x"] },
    ],
    [
      "a reference replaced",
      { "a/ref.png": "x" },
      { "a/ref.png": "y" },
      { references: ["a: x > y"], replaced: ["a/ref.png: x > y"] },
    ],
    [
      "a reference lost",
      { "a/ref.png": "x", "a/1": "y" },
      { "a/1": "y" },
      { references: ["a: x > -"], minus: ["a/ref.png"] },
    ],
    [
      "a reference chosen from the group's own images",
      { "a/1": "x", "a/2": "y" },
      { "a/ref.png": "x", "a/2": "y" },
      { references: ["a: - > x"], moved: ["a/1 > a/ref.png"] },
    ],
    [
      "a reference that goes with its group: no change",
      { "a/ref.png": "x" },
      { "b/ref.png": "x" },
      { renamed: ["a > b"] },
    ],
    [
      "a reference that changed while its group was renamed",
      { "a/ref.png": "x", "a/2": "y" },
      { "b/ref.png": "y", "b/2": "x" },
      { renamed: ["a > b"], references: ["b: x > y"] },
    ],
    [
      "names as they are: NFC and NFD are two folders",
      { "가/1": "x" },
      { ["가/1".normalize("NFD")]: "x" },
      { renamed: [`가 > ${"가".normalize("NFD")}`] },
    ],
    ["odd names", { "../1": "x", " a/1": "y" }, { "../1": "x", " a/2": "y" }, { moved: [" a/1 >  a/2"] }],
  ])("%s", (_, before, after, changes) => {
    expect(inShort(diff(before, after))).toEqual({ ...nothing, ...changes });
  });
});

test("what is equal on both sides is not read", () => {
  const before = snapshotOf({ "a/1": "x", "b/1": "y", "c/1": "z", s: "s" });
  const after = snapshotOf({ "a/1": "x", "d/1": "y", "c/2": "z", s: "s" });
  const read = listingsToCompare(before.side, after.side).map(
    (hash) => before.listings.get(hash) ?? after.listings.get(hash),
  );
  expect(read).toEqual([[["1", "z", 1]], [["2", "z", 1]]]);
});

test("random edits of random trees: the changes lead from one to the other, and name each object once", () => {
  const random = seeded(7);
  for (let round = 0; round < 300; round += 1) {
    const before = randomTree(random);
    const after = edit(before, random);
    const { added, removed, renamed, objects } = diff(before, after);

    const folders = (tree: Tree) =>
      new Set(
        Object.keys(tree)
          .filter((key) => key.includes("/"))
          .map((key) => key.split("/")[0]),
      );
    const left = folders(before);
    for (const group of [...removed, ...renamed.map((pair) => pair.from)]) expect(left.delete(group.name)).toBe(true);
    for (const group of [...added, ...renamed.map((pair) => pair.to)]) left.add(group.name);
    expect(left).toEqual(folders(after));

    const inGroups = (names: string[]) => (key: string) => names.some((name) => key.startsWith(`${name}/`));
    const isRenamedAway = inGroups(renamed.map((pair) => pair.from.name));
    const isRenamedHere = inGroups(renamed.map((pair) => pair.to.name));
    const contents = (tree: Tree, name: string) =>
      Object.entries(tree)
        .flatMap(([key, etag]) => (key.startsWith(`${name}/`) && etag ? [etag] : []))
        .sort();
    for (const { from, to } of renamed) expect(contents(after, to.name)).toEqual(contents(before, from.name));

    const present = new Map(Object.entries(before).filter(([key, etag]) => etag && !isRenamedAway(key)));
    const take = (key: string, etag: string) => {
      expect(present.get(key.slice(5))).toBe(etag);
      present.delete(key.slice(5));
    };
    for (const { key, etag } of objects.removed) take(key, etag);
    for (const { from, etag } of objects.moved) take(from, etag);
    for (const { before: former } of objects.replaced) take(former.key, former.etag);
    const come = [
      ...objects.added.map(({ key, etag }) => [key.slice(5), etag] as const),
      ...objects.moved.map(({ to, etag }) => [to.slice(5), etag] as const),
      ...objects.replaced.map(({ after: object }) => [object.key.slice(5), object.etag] as const),
    ];
    for (const [key, etag] of come) {
      expect(present.has(key)).toBe(false);
      present.set(key, etag);
    }
    expect(Object.fromEntries(present)).toEqual(
      Object.fromEntries(Object.entries(after).filter(([key, etag]) => etag && !isRenamedHere(key))),
    );
  }
});

type Random = (below: number) => number;

function seeded(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Few folders, names and ETags, so that the same ones meet often. */
const randomKey = (random: Random) => {
  const folder = random(6);
  return `${folder === 0 ? "" : `${"abcde".charAt(folder - 1)}/`}${random(4)}`;
};

function randomTree(random: Random): Tree {
  const tree: Tree = {};
  for (let n = random(12); n > 0; n -= 1) tree[randomKey(random)] = `etag ${random(8)}`;
  return tree;
}

function edit(tree: Tree, random: Random): Tree {
  const edited = { ...tree };
  for (let n = random(6); n > 0; n -= 1) {
    const keys = Object.keys(edited);
    const key = keys[random(keys.length)] ?? "a/0";
    const etag = edited[key] ?? "etag 0";
    const action = random(4);
    if (action === 0) edited[randomKey(random)] = `etag ${random(8)}`;
    else if (action === 1) delete edited[key];
    else if (action === 2) {
      delete edited[key];
      edited[randomKey(random)] = etag;
    } else if (key.includes("/")) {
      const [from, to] = [key.slice(0, 2), `${"abcdefg".charAt(random(7))}/`];
      for (const member of keys.filter((one) => one.startsWith(from))) {
        const moved = edited[member] ?? "";
        delete edited[member];
        edited[to + member.slice(2)] = moved;
      }
    }
  }
  return edited;
}
