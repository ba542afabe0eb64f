import { createReadStream } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { attributeWords } from "~/features/attribute-words";
import { readLabeledImages } from "~/features/labels/travel/export/read-labeled.sql.server";
import { type LabeledImage, type TravelingLabel, toLine } from "~/features/labels/travel/formats/label-line";
import { readLabelFile } from "~/features/labels/travel/formats/read-label-file.server";
import { findMeantImages } from "~/features/labels/travel/import/find-images.sql.server";
import { OWN_FILE } from "~/features/labels/travel/own-file";
import type { Db } from "~/ports/db.server";
import { quote, quoteKey } from "~/quote";
import type { LabelDifference } from "./label-difference";

const FIRST = 20;
/** Keys that are looked up together. */
const BATCH = 500;

/**
 * Compares labels/personas.json with the labels of listed images, both in the order of keys, without keeping either. A file that is not
 * there has no labels.
 * @throws DomainError "invalid" for a file of which nothing can be read
 */
export async function compareOwnFile(db: Db, file = OWN_FILE): Promise<LabelDifference> {
  const sums = createSums(db);
  const here = imagesOf(readLabeledImages(db));
  let ours = await take(here);
  // Most lines are just what an export would write: they need not be read.
  const known = (text: string) => (ours && isLineOf(text, ours) ? ours : null);
  const there = imagesOfFile(file, { unread: sums.unread, known });
  let theirs = await take(there);
  while (ours || theirs) {
    const order = ours && theirs ? compareKeys(ours, theirs) : ours ? -1 : 1;
    if (order < 0) sums.onlyHere(ours);
    else if (order > 0) await sums.onlyInFile(theirs);
    else if (ours && theirs) sums.inBoth(ours, theirs);
    if (order <= 0) ours = await take(here);
    if (order >= 0) theirs = await take(there);
  }
  return sums.tell();
}

const take = async (images: AsyncGenerator<LabeledImage, void>) => (await images.next()).value ?? null;

const compareKeys = (a: LabeledImage, b: LabeledImage) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key));

function isLineOf(text: string, image: LabeledImage): boolean {
  const line = toLine(image);
  return text === line || text === `${line},`;
}

async function* imagesOf(pages: AsyncIterable<LabeledImage[]>): AsyncGenerator<LabeledImage, void> {
  for await (const page of pages) yield* page;
}

type Told = { unread(sentence: string): void; known(text: string): LabeledImage | null };

async function* imagesOfFile(file: string, { unread, known }: Told): AsyncGenerator<LabeledImage, void> {
  let last = Buffer.alloc(0);
  const facts = { isWhole: false, unused: new Set<string>() };
  try {
    const entries = readLabelFile(createReadStream(file), { attributes: [], source: file, facts, known });
    for await (const entry of entries) {
      if ("problem" in entry) {
        unread(`Line ${entry.line} ${entry.problem}.`);
        continue;
      }
      const key = Buffer.from(entry.told);
      if (Buffer.compare(last, key) >= 0) {
        unread(`Line ${entry.line} is not in the order of keys, or its key comes twice. Export the file again.`);
        continue;
      }
      last = key;
      yield { key: entry.told, labels: entry.labels };
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";

function createSums(db: Db) {
  const found: LabelDifference = {
    ...{ inBoth: 0, onlyHere: 0, onlyInFile: 0, unknown: 0, otherValue: 0, otherBytes: 0, otherOrigin: 0, unread: 0 },
    first: [],
  };
  const say = (sentence: string) => {
    if (found.first.length < FIRST) found.first.push(sentence);
  };
  let lookUp: LabeledImage[] = [];
  const countUnknown = async () => {
    const meant = await findMeantImages(
      db,
      lookUp.map(({ key }) => ({ told: key, isForeign: false })),
    );
    for (const { key, labels } of lookUp) if (meant(key).image === null) found.unknown += labels.length;
    lookUp = [];
  };
  const onlyHere = (image: LabeledImage | null) => {
    for (const { attribute, value } of image?.labels ?? []) {
      found.onlyHere += 1;
      say(`${nameOf(image, attribute)}: ${quote(value)}, only in the database.`);
    }
  };
  const onlyInFile = async (image: LabeledImage | null) => {
    if (image === null) return;
    for (const { attribute, value } of image.labels) {
      found.onlyInFile += 1;
      say(`${nameOf(image, attribute)}: ${quote(value)}, only in the file.`);
    }
    lookUp.push(image);
    if (lookUp.length === BATCH) await countUnknown();
  };
  const compare = (image: LabeledImage, ours: TravelingLabel, theirs: TravelingLabel) => {
    found.inBoth += 1;
    const name = nameOf(image, ours.attribute);
    if (ours.value !== theirs.value) {
      found.otherValue += 1;
      say(`${name}: ${quote(ours.value)} in the database, ${quote(theirs.value)} in the file.`);
    } else if (ours.etag !== theirs.etag) {
      found.otherBytes += 1;
      say(`${name}: accepted for other bytes in the database than in the file.`);
    } else if (!isDeepStrictEqual(ours.origin, theirs.origin)) {
      found.otherOrigin += 1;
      say(`${name}: the file tells otherwise who accepted it, when, or by which prompt.`);
    }
  };
  return {
    unread(sentence: string) {
      found.unread += 1;
      say(sentence);
    },
    onlyHere,
    onlyInFile,
    inBoth(ours: LabeledImage, theirs: LabeledImage) {
      if (ours.labels === theirs.labels) {
        found.inBoth += ours.labels.length;
        return;
      }
      const byAttribute = new Map(theirs.labels.map((label) => [label.attribute, label]));
      for (const label of ours.labels) {
        const other = byAttribute.get(label.attribute);
        if (other) compare(ours, label, other);
        else onlyHere({ key: ours.key, labels: [label] });
        byAttribute.delete(label.attribute);
      }
      for (const { attribute, value } of byAttribute.values()) {
        found.onlyInFile += 1;
        say(`${nameOf(theirs, attribute)}: ${quote(value)}, only in the file.`);
      }
    },
    async tell(): Promise<LabelDifference> {
      await countUnknown();
      return found;
    },
  };
}

const nameOf = (image: LabeledImage | null, attribute: string) =>
  `${quoteKey(image?.key ?? "")}, ${attributeWords(attribute)}`;
