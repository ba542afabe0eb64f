import { DomainError } from "~/features/domain-error";
import { jsonColumn } from "~/features/json-column";
import { readPromptContent } from "~/features/labeling/prompts/prompt-versions.server";
import { labelSource } from "~/features/labels/label-state";
import { labelOrigin } from "~/features/labels/travel/formats/label-line";
import { nameActors } from "~/features/operators/name-actors.server";
import type { Db, Label, LabelHistory } from "~/ports/db.server";
import type { ModelAnswer, Provenance, ToldLabel } from "./provenance";

/** A model that repeats itself may write 200 kB; nobody reads them here. */
const MOST_RAW = 20_000;
/** Former labels that are listed, the latest. */
const MOST_FORMER = 50;

/**
 * Where the label of an attribute of an image comes from, and what it was before.
 * @throws DomainError "not-found" for an image that is not known
 */
export async function readProvenance(
  db: Db,
  { imageId, attribute }: { imageId: number; attribute: string },
): Promise<Provenance> {
  const image = await db.image.findUnique({ where: { id: imageId }, select: { etag: true } });
  if (!image) throw new DomainError("not-found", `There is no image ${imageId}.`);
  const [label, former] = await Promise.all([
    db.label.findUnique({ where: { imageId_attribute: { imageId, attribute } } }),
    db.labelHistory.findMany({ where: { imageId, attribute }, orderBy: { rev: "desc" }, take: MOST_FORMER }),
  ]);
  const rows = [...(label ? [label] : []), ...former];
  const [nameOf, runOf, labelRunOf, originOf, answer] = await Promise.all([
    nameActors(db, [...rows.map(({ acceptedBy }) => acceptedBy), ...former.map(({ endedBy }) => endedBy)]),
    readRuns(db, [...rows.map(({ jobRunId }) => jobRunId), ...former.map(({ endedByRunId }) => endedByRunId)]),
    readLabelRuns(db, rows),
    readOrigins(db, { imageId, attribute }),
    label && label.labelRunId !== null ? readAnswer(db, label.labelRunId, imageId) : null,
  ]);
  const tell = ({ rev, value, source, confidence, acceptedAt, acceptedBy, folder, ...row }: Label): ToldLabel => ({
    ...{ rev, value, confidence, acceptedAt, folder },
    source: labelSource.parse(source),
    acceptedBy: nameOf(acceptedBy),
    writtenBy: runOf(row.jobRunId),
    labelRun: labelRunOf(row.labelRunId),
    origin: originOf(row.jobRunId),
  });
  return {
    imageId,
    attribute,
    present: label && { ...tell(label), isStale: label.etag !== image.etag },
    answer,
    former: former.map((row: LabelHistory) => ({
      ...tell(row),
      endedAt: row.endedAt,
      endedBy: nameOf(row.endedBy),
      endedByRun: runOf(row.endedByRunId),
    })),
  };
}

const known = (ids: readonly (number | null)[]) => [...new Set(ids)].filter((id) => id !== null);

async function readRuns(db: Db, ids: (number | null)[]) {
  const runs = await db.jobRun.findMany({ where: { id: { in: known(ids) } }, select: { id: true, title: true } });
  const titles = new Map(runs.map(({ id, title }) => [id, title]));
  return (runId: number | null) => (runId === null ? null : { runId, title: titles.get(runId) ?? `Run ${runId}` });
}

async function readLabelRuns(db: Db, rows: Pick<Label, "labelRunId">[]) {
  const ids = known(rows.map(({ labelRunId }) => labelRunId));
  const runs = await db.labelRun.findMany({ where: { id: { in: ids } }, select: { id: true, jobRunId: true } });
  const jobRuns = new Map(runs.map(({ id, jobRunId }) => [id, jobRunId]));
  return (labelRunId: number | null) => (labelRunId === null ? null : (jobRuns.get(labelRunId) ?? null));
}

/** What files told of the labels that runs imported from them. */
async function readOrigins(db: Db, where: { imageId: number; attribute: string }) {
  const rows = await db.labelOrigin.findMany({ where });
  const origins = new Map(rows.map(({ jobRunId, origin }) => [jobRunId, jsonColumn(labelOrigin).parse(origin)]));
  return (runId: number | null) => (runId === null ? null : (origins.get(runId) ?? null));
}

async function readAnswer(db: Db, labelRunId: number, imageId: number): Promise<ModelAnswer | null> {
  const [run, call] = await Promise.all([
    db.labelRun.findUnique({ where: { id: labelRunId }, include: { promptVersion: true } }),
    db.modelCall.findFirst({ where: { labelRunId, imageId, outcome: "labelled" }, orderBy: { id: "desc" } }),
  ]);
  if (!run) return null;
  const content = run.promptVersion && readPromptContent(run.promptVersion);
  const keys = content?.examples.map(({ key }) => key) ?? [];
  const images = await db.image.findMany({ where: { key: { in: keys } }, select: { id: true, key: true } });
  const idOf = new Map(images.map(({ id, key }) => [key, id]));
  const raw = call?.rawResponse ?? call?.answer ?? null;
  return {
    labelRunId,
    labelRun: run.jobRunId,
    prompt: run.promptVersion && {
      ...{ id: run.promptVersion.id, name: run.promptVersion.name, version: run.promptVersion.version },
      hash: run.promptVersion.hash,
      examples: content?.examples.map(({ key, labels }) => ({ key, labels, imageId: idOf.get(key) ?? null })) ?? [],
    },
    model: content?.settings.model ?? null,
    modelVersion: call?.modelVersion ?? null,
    raw: raw !== null && raw.length > MOST_RAW ? `${raw.slice(0, MOST_RAW)} …` : raw,
  };
}
