import type { Db } from "~/ports/db.server";
import type { Choice, Known } from "./choose-image";
import { findToldImages } from "./find-told-images.sql.server";
import type { GenerationRecord, ToldImage } from "./generation-record";
import type { GenerationState } from "./import-generations";
import { readOwners } from "./plan-lines.sql.server";

type Ready = { record: GenerationRecord; hash: string };

/** A record with what its names were found to mean. */
export type Resolved<Line extends Ready> = {
  line: Line;
  state: GenerationState;
  /** Of its image (null: it names none), and of each reference. */
  image: Choice | null;
  references: Choice[];
  /** The owner whom the record names, as of today; null: none. */
  owner: { id: string; isKnown: boolean } | null;
};

/** Finds the images and references of these records, in few queries for all of them. */
export async function resolveRecords<Line extends Ready>(db: Db, lines: Line[]): Promise<Resolved<Line>[]> {
  if (lines.length === 0) return [];
  const owners = await readOwners(db, [...new Set(lines.flatMap(({ record }) => record.owner ?? []))]);
  const ownerOf = ({ owner }: GenerationRecord) => (owner === null ? null : (owners.get(owner) ?? null));
  const asked = lines.flatMap(({ record }) =>
    namedIn(record).map((told) => ({ ...told, owner: ownerOf(record)?.id ?? null })),
  );
  const answers = (await findToldImages(db, asked)).values();
  const next = (): Choice => answers.next().value ?? { image: null, isAmbiguous: false, why: "It was not looked up." };
  return lines.map((line) => {
    const { record, hash } = line;
    const image = record.image === null ? null : next();
    const references = record.references.map(next);
    const found = image?.image ?? null;
    const elsewhere = [
      ...(record.image === null || image === null ? [] : missing(0, record.image, image)),
      ...record.references.flatMap((told, at) => {
        const choice = references[at];
        return choice ? missing(at + 1, told, choice) : [];
      }),
    ];
    const state: GenerationState = {
      hash,
      record,
      imageId: found?.id ?? null,
      key: found?.key ?? null,
      references: references.map((choice, at) => referenceOf(choice.image, record.references[at])),
      elsewhere,
      ownerId: null,
    };
    return { line, state, image, references, owner: ownerOf(record) };
  });
}

const namedIn = ({ image, references }: GenerationRecord): ToldImage[] => [...(image ? [image] : []), ...references];

const referenceOf = (image: Known | null, told: ToldImage | undefined): GenerationState["references"][number] =>
  image ? { imageId: image.id, key: image.key, etag: image.etag } : { told: told?.told ?? "" };

function missing(position: number, told: ToldImage, choice: Choice): GenerationState["elsewhere"] {
  if (choice.image) return [];
  return [
    {
      position,
      url: told.isPayload ? null : told.told,
      payloadHash: told.sha256,
      lastError: choice.why,
    },
  ];
}
