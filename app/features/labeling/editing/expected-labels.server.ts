import type { ImageCard } from "~/features/images/browse/read-cards.sql.server";
import { groupReader } from "~/features/label-schema/group-of-key";
import type { LabelSchema } from "~/features/label-schema/label-schema";
import { type AcceptedLabel, readJudgements } from "~/features/labels/read-judgements.server";
import type { Db } from "~/ports/db.server";

/** The right answer for an attribute of an image, and who or what says so: “Mina Sato”, “folder”, “accepted”. */
export type ExpectedLabel = { value: string; from: string };

/** An image that may become an example. */
export type ShotOption = {
  imageId: number;
  key: string;
  etag: string;
  /** Why it cannot be one, in a word or two; null: it can. */
  problem: string | null;
  hasThumbnail: boolean;
  expected: Record<string, ExpectedLabel>;
};

/**
 * Images with what is known of them: what a person said comes first, then what their folder is named for, then labels that
 * were accepted from elsewhere. A label of other bytes than the present ones tells nothing.
 */
export async function describeOptions(db: Db, images: ImageCard[], schema: LabelSchema): Promise<ShotOption[]> {
  const judgementsOf = await readJudgements(db, images);
  const readGroup = groupReader(schema);
  return images.map(({ id, key, etag, isUnreadable, archivedAs, goneAt, hasThumbnail }) => {
    const labels = judgementsOf(id).labels.filter(({ isStale }) => !isStale);
    const byPerson = labels.filter(({ source }) => source === "person");
    const elsewhere = labels.filter(({ source }) => source !== "person");
    const folder = Object.entries(readGroup(key)?.attributes ?? {});
    const expected = new Map<string, ExpectedLabel>([
      ...elsewhere.map(({ attribute, value }): [string, ExpectedLabel] => [attribute, { value, from: "accepted" }]),
      ...folder.map(([attribute, value]): [string, ExpectedLabel] => [attribute, { value, from: "folder" }]),
      ...byPerson.map(({ attribute, value, acceptedBy }: AcceptedLabel): [string, ExpectedLabel] => [
        attribute,
        { value, from: acceptedBy },
      ]),
    ]);
    const problem = goneAt ? "Deleted" : isUnreadable ? "Unreadable" : archivedAs ? "Archived" : null;
    return { imageId: id, key, etag, problem, hasThumbnail, expected: Object.fromEntries(expected) };
  });
}
