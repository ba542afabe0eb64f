import { setImmediate as nextTurn } from "node:timers/promises";
import type { z } from "zod";
import { ALIKE_DISTANCE } from "~/features/duplicates/search/alike-distance";
import { createColors } from "~/features/duplicates/search/compare-colors.server";
import { notForReference } from "~/features/duplicates/search/duplicate-search.sql.server";
import { distanceBetween, readHashes } from "~/features/duplicates/search/hashes";
import { count, plural } from "~/features/format";
import { countReferences } from "~/features/generations/count-references.server";
import { groupBy } from "~/features/group-by";
import { foreseeMoves } from "~/features/images/move/foresee-moves.server";
import { findMoveConflict, whyStays } from "~/features/images/move/object-move";
import { trashKey } from "~/features/images/move/trash-key";
import { permanentAddress } from "~/features/images/permanent-address";
import type { ItemHandler, PlannedItem } from "~/features/job-runs/kinds/handler";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { callsAMove } from "~/features/storage/placing";
import { readAbilities } from "~/features/storage/read-abilities.server";
import { chooseKept, keptWords } from "./choose-kept";
import { type GroupImage, readGroupImages } from "./removable-groups.sql.server";
import type { Removal, removedTo } from "./removal";
import { requireSearch } from "./require-search.server";

/** Groups that are read at once; each has at most 500 images. */
const GROUPS_A_PAGE = 100;
const ITEMS_A_PAGE = 1_000;
const CONFLICTS_SHOWN = 20;
/** Images of a plan that people see. */
const SAMPLES = 8;

/** One item an image that goes, in the order of groups; the one that stays has none. */
export const planRemoval: ItemHandler<Removal>["plan"] = async function* (ports, { runId, payload, signal }) {
  const { db, settings } = ports;
  const searchId = await requireSearch(db, payload.searchId);
  const referencesOf = await countReferences(db, signal);
  const foreseeLoss = (image: GroupImage): Loss => {
    const { address, servedBy } = permanentAddress(image.key, settings);
    const references = referencesOf.get(image.id) ?? 0;
    return { ...(servedBy === "cdn" && { address }), ...(references > 0 && { references }) };
  };
  const tally = createTally();
  const haveColorsOf = createColors(db);
  const isCompared = await notForReference();
  let [after, isMore, groups] = [0, true, 0];
  while (isMore) {
    signal.throwIfAborted();
    const { images, last } = await readGroupImages(db, payload, { searchId, after, limit: GROUPS_A_PAGE, isCompared });
    const items: PlannedItem[] = [];
    for (const group of groupBy(images, ({ groupId }) => String(groupId)).values()) {
      const split = await splitGroup(group, payload, haveColorsOf);
      if (!split) continue;
      groups += 1;
      tally.unlike(split.unlike);
      for (const image of split.going) {
        const loss = foreseeLoss(image);
        items.push(toItem(image, { ...split, loss, conflict: tally.add(image, loss, runId), runId }));
      }
    }
    for (let first = 0; first < items.length; first += ITEMS_A_PAGE) yield items.slice(first, first + ITEMS_A_PAGE);
    isMore = last !== null;
    after = last ?? after;
    await nextTurn();
  }
  // A search that ended meanwhile has removed groups that were not read yet.
  await requireSearch(db, searchId);
  const calls = tally.moves.length > 0 ? callsAMove(await readAbilities(ports, signal)) : 0;
  return {
    ...tally.summary(payload, groups),
    // The one that stays is looked at, too.
    s3Calls: tally.moves.length * (calls + 1),
    ...(await foresee(ports, tally.moves, tally.warnings(), signal)),
  };
};

async function foresee(
  ports: Parameters<typeof foreseeMoves>[0],
  moves: { from: string; to: string }[],
  own: string[],
  signal: AbortSignal,
) {
  const { warnings = [], ...foreseen } = await foreseeMoves(ports, moves, signal);
  const all = [...own, ...warnings];
  return { ...foreseen, ...(all.length > 0 && { warnings: all }) };
}

/** Who stays of a group, who goes, and who stays as well because it is not near enough to the one that is kept. */
async function splitGroup(
  group: readonly GroupImage[],
  { kind, keep }: Removal,
  haveColorsOf: ReturnType<typeof createColors>,
) {
  const [first, ...others] = group;
  if (!first || others.length === 0) return null;
  const kept = chooseKept([first, ...others], keep);
  const rest = group.filter((image) => image !== kept);
  if (kind === "same") return { kept, going: rest, unlike: 0 };
  const near = rest.filter((image) => isNear(kept, image));
  const alike = await haveColorsOf(
    kept.id,
    near.map(({ id }) => id),
  );
  const going = near.filter(({ id }) => alike.has(id));
  return { kept, going, unlike: rest.length - going.length };
}

function isNear(a: GroupImage, b: GroupImage): boolean {
  if (a.perceptualHash === "" || b.perceptualHash === "") return false;
  return distanceBetween(readHashes([a.perceptualHash, b.perceptualHash]), 0, 1) <= ALIKE_DISTANCE;
}

/** What else is lost with an image that goes; absent: nothing. */
type Loss = Pick<z.infer<typeof removedTo>, "address" | "references">;

function toItem(
  image: GroupImage,
  { kept, loss, conflict, runId }: { kept: GroupImage; loss: Loss; conflict: string | null; runId: number },
): PlannedItem {
  const { id, key, etag, bytes } = image;
  return {
    subject: String(id),
    label: key,
    before: { key, etag, bytes },
    target: {
      key: trashKey(runId, key),
      kept: { key: kept.key, etag: kept.etag },
      ...(conflict === null ? loss : { conflict }),
    },
    etag,
  };
}

/** What a plan says of all its images, gathered page by page. */
function createTally() {
  const moves: { from: string; to: string }[] = [];
  const samples: number[] = [];
  const conflicts = { count: 0, sample: [] as string[] };
  let [images, bytes, generations, labels, unlike, addresses, referenced] = [0, 0, 0, 0, 0, 0, 0];
  return {
    moves,
    unlike: (more: number) => {
      unlike += more;
    },
    add(image: GroupImage, { address, references }: Loss, runId: number): string | null {
      const to = trashKey(runId, image.key);
      const conflict = image.isArchived
        ? whyStays.archived(image.key)
        : findMoveConflict({ object: image, to }, new Map());
      images += 1;
      if (samples.length < SAMPLES) samples.push(image.id);
      if (conflict !== null) {
        conflicts.count += 1;
        if (conflicts.sample.length < CONFLICTS_SHOWN) conflicts.sample.push(conflict);
        return conflict;
      }
      moves.push({ from: image.key, to });
      bytes += image.bytes;
      generations += image.generations;
      labels += image.labels;
      if (address !== undefined) addresses += 1;
      if (references !== undefined) referenced += 1;
      return null;
    },
    warnings: () => [
      ...(addresses === 0
        ? []
        : [
            `${plural(addresses, "image")} that ${addresses === 1 ? "goes has a public address, which stops" : "go have public addresses, which stop"} answering until an undo. Each item says which.`,
          ]),
      ...(referenced === 0
        ? []
        : [
            `${plural(referenced, "image")} that ${referenced === 1 ? "goes is a reference" : "go are references"} of generation records, which lead nowhere until an undo. Each item says of how many.`,
          ]),
      ...(generations + labels === 0
        ? []
        : [
            `${plural(generations, "generation record")} and ${plural(labels, "label")} belong to images that go. They stay with these images and come back with an undo; the images that are kept do not get them.`,
          ]),
    ],
    summary: ({ keep }: Removal, groups: number): PlanSummary => ({
      images,
      facts: [
        { label: "Groups", value: count(groups) },
        { label: "Of each group stays", value: keptWords[keep] },
        { label: "Goes to", value: "trash/, from where an undo brings it back" },
      ],
      ...(unlike > 0 && { leftOut: [{ what: "Differ too much from the image that is kept", count: unlike }] }),
      bytes,
      samples,
      ...(conflicts.count > 0 && { conflicts }),
    }),
  };
}
