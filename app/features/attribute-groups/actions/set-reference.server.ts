import { z } from "zod";
import { findReference } from "~/features/attribute-groups/findings/audit-listing";
import { DomainError } from "~/features/domain-error";
import { baseName, hasImageExtension } from "~/features/images/key-layout";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Db } from "~/ports/db.server";
import type { StoredObject } from "~/ports/storage.server";
import { quote } from "~/quote";
import { defineGroupAction, groupsOfKeys, text } from "./group-action";
import { requireReadable } from "./planning/archived-objects.server";
import { listGroup } from "./planning/group-folders.server";
import { formerReferenceKey } from "./planning/plan-facts";
import { planMoves } from "./planning/plan-moves.server";
import { groupOfKey } from "./planning/read-picked.server";

/**
 * The image becomes its group's only candidate: `reference` with its own extension. What has such a name makes room
 * first, so the items are done in order, and put back in reverse.
 */
export const setReference = defineGroupAction({
  kind: "set-reference",
  title: "Set reference image",
  explains: "the image becomes the only reference of the group that it lies in",
  payload: z.strictObject({ root: text, /** The image that shall stand for its group. */ key: text }),
  describe: ({ key }) => `Make ${quote(baseName(key))} the reference of ${quote(key.split("/").at(-2) ?? "")}`,
  groupsOf: ({ key }, prefix) => groupsOfKeys([key], prefix),
  // What was the reference makes room before the new one takes its name.
  itemConcurrency: 1,

  async check({ root }, payload) {
    groupOfKey(root, payload.key);
    return payload;
  },

  async *plan(ports, { payload, signal }) {
    const { storage, db } = ports;
    const root = findRoot(await loadLabelSchema(), payload.root);
    const { key } = payload;
    const { prefix, objects } = await listGroup(storage, root, groupOfKey(root, key), signal);
    const chosen = objects.find((object) => object.key === key);
    if (!chosen) throw new DomainError("not-found", `The object ${quote(key)} no longer exists. Audit ${root.name}.`);
    await requirePicture(db, chosen);
    const { candidates } = findReference(prefix, objects);
    const others = candidates.filter((candidate) => candidate.key !== key);
    if (others.length === 0 && candidates.length === 1) {
      throw new DomainError("conflict", `${quote(baseName(key))} is the reference image already.`);
    }

    const target = `${prefix}reference${key.slice(key.lastIndexOf(".")).toLowerCase()}`;
    const taken = new Set(objects.map((object) => object.key));
    // No candidate, but at the very key: an empty file, say.
    const inTheWay = objects.filter(
      (object) => object.key === target && object.key !== key && !others.includes(object),
    );
    const leaving = [...others, ...inTheWay].map((object) => ({
      object,
      to: formerReferenceKey(prefix, object.key, taken),
    }));
    const moves = target === key ? leaving : [...leaving, { object: chosen, to: target }];
    const name = groupOfKey(root, key);
    await requireReadable(storage, { name, objects: [chosen, ...leaving.map(({ object }) => object)] }, signal);
    const facts = leaving.map(({ object, to }) => ({
      label: `${quote(baseName(object.key))} becomes`,
      value: quote(baseName(to)),
    }));
    const as = target === key ? "" : `, as ${quote(baseName(target))}`;
    facts.push({ label: "Reference image afterwards", value: `${quote(baseName(key))}${as}` });
    return yield* planMoves(ports, { moves, present: objects, facts, signal });
  },
});

async function requirePicture(db: Db, { key, etag, bytes }: StoredObject): Promise<void> {
  const refuse = (why: string) => new DomainError("invalid", `${quote(baseName(key))} cannot be the reference: ${why}`);
  if (!hasImageExtension(key)) throw refuse("its name is not that of an image.");
  if (bytes === 0) throw refuse("it is empty.");
  const row = await db.image.findUnique({ where: { key }, select: { readEtag: true, unreadable: true } });
  if (row?.unreadable && row.readEtag === etag) throw refuse(row.unreadable);
}
