import { groupPath } from "~/features/attribute-groups/group-slug";
import { listEvents } from "~/features/audit-log/list-events.server";
import { readGeneration } from "~/features/generations/read-generation.server";
import { readOwnerOrigins } from "~/features/generations/read-owner-origins.server";
import type { ImageOrder } from "~/features/images/browse/image-order";
import { findNeighbors } from "~/features/images/browse/list-images.sql.server";
import { permanentAddress } from "~/features/images/permanent-address";
import type { ImageQuery } from "~/features/images/query/image-query";
import { isShownInPlace } from "~/features/images/shown-in-place";
import { readImage } from "~/features/images/view/read-image.server";
import { readImageHistory } from "~/features/images/view/read-image-history.server";
import type { Jobs } from "~/features/job-runs/kinds/job";
import { groupReader } from "~/features/label-schema/group-of-key";
import type { LabelSchema } from "~/features/label-schema/label-schema";
import { readImageCalls } from "~/features/labeling/views/read-image-calls.server";
import { readJudgements } from "~/features/labels/read-judgements.server";
import { mergeOwners } from "~/features/owners/merge/merge-owners.server";
import { reassignOwner } from "~/features/owners/reassign/reassign-owner";
import { rekeyOwner } from "~/features/owners/reassign/rekey-owner";
import { backfillThumbnails } from "~/features/thumbnails/backfill-thumbnails";
import type { Ports } from "~/ports/index.server";
import type { ImageJudgement, ImagePage } from "./image-page";

/** Kinds whose items are images by their ids, in the order of the ids or of the keys. */
const kinds = { byId: [reassignOwner.kind, mergeOwners.kind, backfillThumbnails.kind], byKey: [rekeyOwner.kind] };

/**
 * All that is known of one image.
 * @param input.list the list that it is looked at in
 * @param input.jobs every kind of work
 * @returns null: there is no such image
 */
export async function readImagePage(
  { db, clock, settings }: Pick<Ports, "db" | "clock" | "settings">,
  input: { id: number; list: { query: ImageQuery; order: ImageOrder } | null; jobs: Jobs; schema: LabelSchema },
): Promise<ImagePage | null> {
  const { id, list, jobs, schema } = input;
  const image = await readImage(db, id);
  if (!image) return null;
  const group = groupReader(schema)(image.key);
  const [judgementsOf, calls, generation, runs, origins, { events }, neighbors] = await Promise.all([
    readJudgements(db, [image]),
    readImageCalls(db, id),
    readGeneration(db, id),
    readImageHistory(db, { image, jobs, kinds }),
    readOwnerOrigins(db, id),
    listEvents({ db }, { subject: `image:${id}` }),
    list && findNeighbors({ db, clock }, { ...list, id, schema }),
  ]);
  const { labels, proposals } = judgementsOf(id);
  const stated = group?.attributes ?? {};
  const told = [
    ...Object.keys(stated),
    ...Object.keys(schema.attributes),
    ...[...labels, ...proposals].map(({ attribute }) => attribute),
  ];
  return {
    image: { ...image, isShownInPlace: isShownInPlace(image.contentType) },
    address: image.goneAt === null ? permanentAddress(image.key, settings) : null,
    group: group && { root: group.root, name: group.name, path: groupPath(group.root, group.name) },
    judgements: Array.from(
      new Set(told),
      (attribute): ImageJudgement => ({
        attribute,
        folder: stated[attribute] ?? null,
        values: schema.attributes[attribute]?.values ?? [],
        label: labels.find((label) => label.attribute === attribute),
        proposal: proposals.find((proposal) => proposal.attribute === attribute),
      }),
    ),
    generation,
    history: [...runs, ...origins].sort((a, b) => b.at.getTime() - a.at.getTime()),
    calls,
    events: events.map(({ id: event, at, actorName, sentence }) => ({ id: event, at, actorName, sentence })),
    neighbors,
  };
}
