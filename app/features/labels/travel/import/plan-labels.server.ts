import { createReadStream } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import { attributeWords } from "~/features/attribute-words";
import type { RunContext } from "~/features/job-runs/kinds/handler";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { type FoundItem, plannedItems } from "~/features/job-runs/kinds/planned-items.sql.server";
import { jsonColumn } from "~/features/json-column";
import { type LabelState, labelSource } from "~/features/labels/label-state";
import type { LabelOrigin } from "~/features/labels/travel/formats/label-line";
import { OWN_FILE } from "~/features/labels/travel/own-file";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Sql } from "~/ports/sql.server";
import { quote, quoteKey } from "~/quote";
import { decide, type PresentLabel } from "./decide";
import { findMeantImages, type MeantImage } from "./find-images.sql.server";
import type { LabelImport } from "./import-labels";
import { createLabelSums, type LabelSums } from "./import-sums";
import { stageLabels } from "./stage-labels.sql.server";
import { type AbsentLabel, readAbsentLabels, readStagedLabels, type StagedLabel } from "./staged-labels.sql.server";

type Deps = { db: Db; clock: Clock };
type Context = Pick<RunContext<LabelImport>, "runId" | "payload" | "signal">;

/** Labels that are looked up together. */
const PAGE = 1_000;

/**
 * Plans the labels of a file: an item for each that would change something. What does not go in is an item too, which is skipped with its
 * reason: a broken line, an image that is not known, a person's label with another value. A file that has all labels, and of which each
 * line can be read, also removes those that an earlier state of it brought.
 */
export async function* planLabels(
  deps: Deps,
  { runId, payload, signal }: Context,
  size: () => number,
): AsyncGenerator<Sql, PlanSummary> {
  const { db } = deps;
  const importId = payload.importId ?? (await stageOwnFile(deps, runId));
  const { isWhole, unused, source } = await db.labelImport.findUniqueOrThrow({ where: { id: importId } });
  const sums = createLabelSums();
  const page = { importId, sums, overPerson: payload.overPerson, unknown: { line: 0 }, renamed: new Set<string>() };
  for (let after = -1; ; ) {
    // The database answers at once, so that without this no timer (the lease's) and no signal would have its turn.
    await setImmediate();
    signal.throwIfAborted();
    const labels = await readStagedLabels(db, { importId, after, limit: Math.min(size(), PAGE) });
    const last = labels.at(-1);
    if (!last) break;
    after = last.seq;
    const items = await planPage(db, labels, page);
    if (items.length > 0) yield plannedItems(items);
  }
  const isComplete = isWhole && source === OWN_FILE;
  const unread = isComplete ? await db.labelImportLine.count({ where: { importId, told: null } }) : 0;
  if (unread > 0) sums.keepAbsent(unread);
  else if (isComplete) {
    const read = (last: AbsentLabel | undefined) => readAbsentLabels(db, { importId, after: last, limit: PAGE });
    for await (const labels of pagesByKey(PAGE, read)) {
      signal.throwIfAborted();
      sums.goesIn.removed += labels.length;
      yield plannedItems(labels.map(toRemoval));
    }
  }
  return sums.tell(jsonColumn(z.array(z.string())).parse(unused));
}

async function stageOwnFile(deps: Deps, runId: number): Promise<number> {
  const { importId } = await stageLabels(deps, { chunks: createReadStream(OWN_FILE), source: OWN_FILE });
  await deps.db.labelImport.update({ where: { id: importId }, data: { jobRunId: runId } });
  return importId;
}

type Page = {
  importId: number;
  sums: LabelSums;
  overPerson: boolean;
  /** The last line whose image was not found: that is said once, not label by label. */
  unknown: { line: number };
  /** Labels (“12:tone”) that came by another name than the image's key. */
  renamed: Set<string>;
};

async function planPage(db: Db, labels: StagedLabel[], page: Page): Promise<FoundItem[]> {
  const { sums, unknown } = page;
  const asked = labels.flatMap(({ told, isForeign, problem }) => (told && !problem ? [{ told, isForeign }] : []));
  const meant = await findMeantImages(db, asked);
  const ids = asked.flatMap(({ told }) => meant(told).image?.id ?? []);
  const imageIds = [...new Set(ids)];
  const [present, lastRevs] = await Promise.all([readPresent(db, imageIds), readLastRevs(db, imageIds)]);
  const byKey = await readSaidByKey(
    db,
    page.importId,
    asked.flatMap(({ told }) => keyOfRenamed(meant(told))),
  );
  return labels.flatMap((label): FoundItem[] => {
    const { line, told, attribute, value, problem } = label;
    if (problem !== null || told === null || attribute === null || value === null)
      return [refuse(sums, line, `Line ${line} ${problem}.`)];
    const found = meant(told);
    if (found.image === null) {
      if (unknown.line === line) return [];
      unknown.line = line;
      return [refuse(sums, line, `Line ${line}: ${whyNoImage(told, found.candidates)}`)];
    }
    const subject = `${found.image.id}:${attribute}`;
    const isAgain = found.by !== "key" && (page.renamed.has(subject) || byKey.has(`${found.image.key}:${attribute}`));
    if (isAgain || label.firstSeq !== label.seq) {
      if (isAgain || label.firstValue === value) {
        sums.staysOut.repeated += 1;
        return [];
      }
      const other = `has ${quote(label.firstValue ?? "")} for ${quote(attribute)}`;
      return [
        refuse(
          sums,
          line,
          `Line ${line} says ${quote(value)}, where line ${label.firstLine} ${other} of the same image.`,
        ),
      ];
    }
    if (found.by !== "key") page.renamed.add(subject);
    const beside = {
      present: present.get(subject) ?? null,
      rev: present.get(subject)?.rev ?? lastRevs.get(subject) ?? 0,
    };
    return planLabel({ ...label, attribute, value }, found, beside, page);
  });
}

type Ready = StagedLabel & { attribute: string; value: string };
type Found = Extract<MeantImage, { by: string }>;

function planLabel(
  label: Ready,
  { image, by }: Found,
  { present, rev }: { present: PresentLabel | null; rev: number },
  { sums, overPerson }: Page,
): FoundItem[] {
  const { line, attribute, value, etag } = label;
  const origin = label.origin ?? { source: "import" as const };
  const decision = decide({ value, etag, origin }, { present, etag: image.etag, overPerson });
  const beside = `${quoteKey(image.key)} has ${quote(present?.value ?? "")} for ${quote(attribute)}`;
  if ("staysOut" in decision) {
    if (decision.staysOut !== "person") {
      sums.staysOut[decision.staysOut] += 1;
      return [];
    }
    return [refuse(sums, line, `Line ${line}: ${beside}, which a person set; the file has ${quote(value)}.`)];
  }
  const { goesIn, isStale } = decision;
  sums.goesIn[goesIn] += 1;
  if (goesIn === "newer" || goesIn === "person")
    sums.replace(goesIn, `Line ${line}: ${beside}; the file has ${quote(value)}.`);
  if (by === "name") sums.findByName(`Line ${line}: ${quote(label.told ?? "")} is ${quoteKey(image.key)}.`);
  if (isStale) sums.addStale();
  sums.sample(image.id);
  const was: LabelState = { value: present?.value ?? null, source: present?.source ?? null, rev };
  const becomes: ImportedState = {
    ...{ value, source: "import", rev: rev + 1, etag: etag ?? image.etag, origin },
    confidence: origin.confidence ?? null,
    folder: origin.folder ?? null,
  };
  return [toItem(image, attribute, was, becomes)];
}

/** A label as an item of an import says it shall be, with what is written beside its value. */
type ImportedState = LabelState & {
  etag: string;
  origin: LabelOrigin;
  confidence: number | null;
  folder: string | null;
};

const toRemoval = ({ imageId, attribute, key, ...was }: AbsentLabel): FoundItem =>
  toItem({ id: imageId, key }, attribute, was, { value: null, source: null, rev: was.rev });

function toItem(
  image: { id: number; key: string },
  attribute: string,
  was: LabelState,
  becomes: LabelState,
): FoundItem {
  return {
    subject: `${image.id}:${attribute}`,
    label: [image.key, attributeWords(attribute)].join(" · "),
    before: JSON.stringify(was),
    target: JSON.stringify(becomes),
  };
}

function refuse(sums: LabelSums, line: number, problem: string): FoundItem {
  sums.refuse(problem);
  const subject = `line ${line}`;
  return { subject, label: subject, before: null, target: JSON.stringify({ problem }) };
}

const whyNoImage = (told: string, candidates: number) =>
  candidates > 0
    ? `${quoteKey(told)} can be any of ${candidates} images.`
    : `no image is called ${quoteKey(told)}. If it is in the bucket, index the bucket first.`;

const keyOfRenamed = (found: MeantImage) => (found.image !== null && found.by !== "key" ? [found.image.key] : []);

/** Which labels the file also has under the present keys of images that it calls otherwise: “KEY:tone”. Those count. */
async function readSaidByKey(db: Db, importId: number, keys: string[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const rows = await db.labelImportLine.findMany({
    where: { importId, told: { in: [...new Set(keys)] }, problem: null },
    select: { told: true, attribute: true },
  });
  return new Set(rows.map(({ told, attribute }) => `${told}:${attribute}`));
}

async function readPresent(db: Db, ids: number[]): Promise<Map<string, PresentLabel>> {
  const rows = await db.label.findMany({
    where: { imageId: { in: ids } },
    select: { imageId: true, attribute: true, value: true, etag: true, source: true, rev: true, acceptedAt: true },
  });
  return new Map(
    rows.map(({ imageId, attribute, source, ...label }) => [
      `${imageId}:${attribute}`,
      { ...label, source: labelSource.parse(source) },
    ]),
  );
}

/** The revs of the last former labels of images, by “12:tone”. */
async function readLastRevs(db: Db, imageIds: number[]): Promise<ReadonlyMap<string, number>> {
  const rows = await db.labelHistory.groupBy({
    by: ["imageId", "attribute"],
    where: { imageId: { in: imageIds } },
    _max: { rev: true },
  });
  return new Map(rows.map(({ imageId, attribute, _max }) => [`${imageId}:${attribute}`, _max.rev ?? 0]));
}
