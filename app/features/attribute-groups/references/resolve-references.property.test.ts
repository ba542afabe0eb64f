import { expect, test } from "vitest";
import { auditListing } from "~/features/attribute-groups/findings/audit-listing";
import { readGroupName } from "~/features/label-schema/group-name";
import {
  type AttributeRoot,
  type LabelSchema,
  labelSchema,
  rootAttributes,
} from "~/features/label-schema/label-schema";
import { openTestDb } from "../../../../tests/support/db";
import { type Random, randomOf } from "../../../../tests/support/random";
import { etagOf, storeSnapshot } from "../../../../tests/support/snapshot";
import { tries } from "../../../../tests/support/tries";
import { modeAttributes, type ReferenceMode, type ReferenceRequest } from "./reference-request";
import { selectReferences } from "./resolve-references.server";

const SCHEMAS = tries(100, 500);

const words = [
  "warm",
  "cool",
  "front",
  "back",
  "side",
  "half",
  "three",
  "quarter",
  "café",
  "정면",
  "20s",
  "🔥",
  "neutral",
];
const extras = ["mood", "ageRange", "hairLength"];
const separators = ["_", "-", " "];

/** One to three words, so that values begin with, or hold, each other: front, front-half, half. */
const someValue = ({ pick, below }: Random) =>
  Array.from({ length: 1 + below(3) }, () => pick(words)).join(pick(separators));

/** A schema that zod accepts, with one root that says tone, mostly angle, and up to three further attributes. */
function someSchema(random: Random, name: string): { schema: LabelSchema; root: AttributeRoot } {
  for (;;) {
    const { below, pick, once, shuffle } = random;
    const said = ["tone", ...(once(6) ? [] : ["angle"]), ...shuffle(extras).slice(0, pick([0, 0, 1, 1, 2]))];
    const attributes = said.map((attribute) => {
      const values = [...new Set(Array.from({ length: 2 + below(4) }, () => someValue(random)))];
      const aliases = Array.from({ length: below(3) }, () => [someValue(random), pick(values)]);
      return [attribute, { values, aliases: Object.fromEntries(aliases) }];
    });
    const group = shuffle(said).reduce((text, attribute) => `${text}${text && pick(separators)}{${attribute}}`, "");
    const result = labelSchema.safeParse({
      attributes: Object.fromEntries(attributes),
      roots: [{ name, prefix: `references/${name}/`, group }],
    });
    const root = result.data?.roots[0];
    if (result.data && root) return { schema: result.data, root };
  }
}

/** A value in a spelling of its own: an alias, other separators, other case, decomposed. */
function spell({ pick, once }: Random, value: string, aliases: Record<string, string>): string {
  const spellings = [value, ...Object.keys(aliases).filter((alias) => aliases[alias] === value)];
  const text = pick(spellings).replace(/[_\- ]/g, () => pick(separators));
  return pick([text, text.toUpperCase(), text.normalize("NFD"), once(2) ? text : ` ${text} `]);
}

/** A folder that means some combination, or a near miss of one. */
function someFolder(random: Random, { schema, root }: { schema: LabelSchema; root: AttributeRoot }): string {
  const { pick, once, below, shuffle } = random;
  const parts = rootAttributes(schema, root).map(({ values, aliases }) => spell(random, pick(values), aliases));
  if (once(6)) parts.splice(below(parts.length), 1);
  if (once(6)) parts.splice(below(parts.length + 1), 0, pick([...words, "purple", "copy", "(2)"]));
  if (once(8)) parts[0] = `${parts[0]}s`;
  const name = (once(3) ? shuffle(parts) : parts).reduce(
    (text, part) => `${text}${text && pick(separators)}${part}`,
    "",
  );
  return pick(["", "", "", "01. ", "  "]) + name.replaceAll("/", "");
}

const files = [
  ["reference.png"],
  ["reference.png", "b.png", "c.jpg"],
  ["ref.webp", "references.png"],
  ["REF.JPG", "a.png"],
  ["a.png"],
  ["a.png", "b.png"],
  ["ref.png", "reference.webp"],
  ["zero.png"],
  ["deep/reference.png"],
  ["a.txt"],
  [""],
];

function someRequest(random: Random, { schema, root }: { schema: LabelSchema; root: AttributeRoot }): ReferenceRequest {
  const said = rootAttributes(schema, root);
  const hasAngle = said.some(({ name }) => name === "angle");
  const mode: ReferenceMode = hasAngle && random.once(2) ? "tone+angle" : "tone";
  const attributes = said
    .filter(({ name }) => modeAttributes(mode).includes(name))
    .map(({ name, values, aliases }) => [name, spell(random, random.pick(values), aliases)]);
  return { root: root.name, mode, attributes: Object.fromEntries(attributes) };
}

test(`over ${SCHEMAS} schemas and trees: every group that is returned says what was asked, and every such group is returned`, async () => {
  const db = await openTestDb();
  const seen = { references: 0, missing: 0, same: 0, unreadable: 0 };
  for (let seed = 1; seed <= SCHEMAS; seed++) {
    const random = randomOf(seed);
    const made = someSchema(random, `Root ${seed}`);
    const { schema, root } = made;
    const folders = new Set(Array.from({ length: random.below(18) }, () => someFolder(random, made)));
    const paths = [...folders].flatMap((folder) => random.pick(files).map((file) => `${folder}/${file}`));
    const { audited } = await storeSnapshot(db, { schema, root, paths });
    const groups = audited.groups.map((group) => ({
      ...group,
      says: readGroupName(group.name, root, schema).attributes,
    }));
    seen.unreadable += groups.filter(({ says }) => says === null).length;

    for (let n = 0; n < 2; n++) {
      const request = someRequest(random, made);
      const selection = await selectReferences({ db, schema }, request);
      const what = `seed ${seed}, ${JSON.stringify(request)}`;
      const { attributes: asked, references, missing } = selection;
      expect(Object.keys(asked).sort(), what).toEqual(modeAttributes(request.mode).sort());

      for (const { group, key, etag, attributes, prefix } of references) {
        const says = readGroupName(group, root, schema).attributes;
        expect(says, what).toMatchObject(asked);
        expect(attributes, what).toEqual(says);
        expect(prefix, what).toBe(`${root.prefix}${group}/`);
        expect(key.startsWith(prefix) && etag === etagOf(key), what).toBe(true);
      }
      expect(new Set(references.map(({ group }) => group)).size, what).toBe(references.length);

      const sayIt = groups.filter(({ says }) => Object.entries(asked).every(([name, value]) => says?.[name] === value));
      const isAlone = (group: (typeof sayIt)[number]) =>
        sayIt.every((other) => other === group || JSON.stringify(other.says) !== JSON.stringify(group.says));
      const expected = sayIt.filter((group) => group.reference && isAlone(group)).map(({ name }) => name);
      expect(references.map(({ group }) => group).sort(), what).toEqual(expected.sort());
      // What matches and is not returned is told of.
      const told = missing.flatMap((entry) => entry.groups).sort();
      expect(told, what).toEqual(
        sayIt
          .map(({ name }) => name)
          .filter((name) => !expected.includes(name))
          .sort(),
      );

      expect(await selectReferences({ db, schema }, request), what).toEqual(selection);
      seen.references += references.length;
      seen.missing += missing.length;
      seen.same += missing.filter(({ type }) => type === "same-attributes").length;
    }
  }
  // What was made is worth the name: each case came up often.
  for (const [kind, times] of Object.entries(seen)) expect(times, kind).toBeGreaterThan(SCHEMAS / 5);
});

test("the order of a listing makes no difference", () => {
  const random = randomOf(7);
  const made = someSchema(random, "Root");
  const keys = Array.from({ length: 20 }, () => `${made.root.prefix}${someFolder(random, made)}/a.png`);
  const listing = [...new Set(keys)].map((key) => ({
    key,
    etag: key,
    bytes: 1,
    modifiedAt: new Date(0),
    storageClass: null,
    isArchived: false,
  }));
  const audited = (objects: typeof listing) => auditListing(made.schema, made.root, objects);
  expect(audited(random.shuffle(listing))).toEqual(audited(listing));
});
