import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import { prefixUpperBound } from "~/features/images/key-layout";
import type { AttributeRoot } from "~/features/label-schema/label-schema";
import { stretchesOfCalls } from "~/features/labels/stretches.sql.server";
import type { Db } from "~/ports/db.server";
import { allOf, alongIndex, folderOf, type Sql, sql, valuesOf } from "~/ports/sql.server";
import type { Rate, RefusalFilter, RefusalRates, RefusedImage } from "./refusals";

/** The newest label runs that are looked at where none is named: what a model refused long ago says little of it now. */
const NEWEST_RUNS = 100;
const PAGE = 60;
/** Calls that one statement reads: some 50 ms in which the process can do nothing else. */
const STRETCH = 20_000;
/** Refused calls that one statement looks at for a list. */
const REFUSED_AT_ONCE = 4_000;
/** Along the images of a label run; that index has all that rates ask for. */
const byImage = alongIndex("ModelCall_labelRunId_imageId_outcome_model_modelVersion_idx");
/** Along the refused calls, which are in the order of their ids. */
const byOutcome = alongIndex("ModelCall_outcome_idx");

/** Ends of a call that say something of the picture: a failure does not. */
const answers = sql`('labelled', 'refused', 'truncated', 'invalid', 'unanswered')`;
/** The last word on each image of a run: one that was asked again and then labeled was not refused. */
const isLastWord = sql`c."outcome" IN ${answers} AND NOT EXISTS (
  SELECT 1 FROM "ModelCall" d ${byImage}
   WHERE d."labelRunId" = c."labelRunId" AND d."imageId" = c."imageId" AND d."id" > c."id" AND d."outcome" IN ${answers})`;
const modelOf = sql`coalesce(c."model", c."modelVersion", '')`;
const codeOf = sql`coalesce(c."reasonCode", '')`;

const isBelow = ({ prefix }: AttributeRoot): Sql => {
  const bound = prefixUpperBound(prefix);
  return bound === null ? sql`i."key" >= ${prefix}` : sql`(i."key" >= ${prefix} AND i."key" < ${bound})`;
};

/** The place of an image's root among the roots; -1 for one in none. */
const rootOf = (roots: readonly AttributeRoot[]): Sql =>
  roots.reduce((rest, root, place) => sql`CASE WHEN ${isBelow(root)} THEN ${place} ELSE ${rest} END`, sql`-1`);
/** The name of an image's group folder; '' for one in none. */
const groupOf = (roots: readonly AttributeRoot[]): Sql =>
  roots.reduce(
    (rest, root) =>
      sql`CASE WHEN ${isBelow(root)} THEN ${folderOf(sql`substr(i."key", ${root.prefix.length + 1})`)} ELSE ${rest} END`,
    sql`''`,
  );

const rateRows = z.array(
  z.object({
    root: z.coerce.number(),
    group: z.string(),
    model: z.string(),
    asked: z.coerce.number(),
    refused: z.coerce.number(),
  }),
);
const reasonRows = z.array(z.object({ code: z.string(), message: z.string().nullable(), refused: z.coerce.number() }));

type Run = { id: number; promptId: number; prompt: string };

/** The label runs that a filter means, the newest first. */
async function findRuns(db: Db, { run, prompt }: RefusalFilter): Promise<Run[]> {
  const rows = await db.labelRun.findMany({
    where: {
      promptVersionId: { not: null },
      ...(run && { jobRunId: run }),
      ...(prompt && { promptVersionId: prompt }),
    },
    orderBy: { id: "desc" },
    take: NEWEST_RUNS,
    select: { id: true, promptVersion: { select: { id: true, name: true, version: true } } },
  });
  return rows.flatMap(({ id, promptVersion }) =>
    promptVersion
      ? [{ id, promptId: promptVersion.id, prompt: `${promptVersion.name} v${promptVersion.version}` }]
      : [],
  );
}

/** How much a model refused, of one label run or the newest hundred, stretch by stretch so that others are answered in between. */
export async function readRefusalRates(
  db: Db,
  { run }: Pick<RefusalFilter, "run">,
  roots: readonly AttributeRoot[],
): Promise<RefusalRates> {
  const all = { asked: 0, refused: 0 };
  const groups = new Map<string, RefusalRates["byGroup"][number]>();
  const prompts = new Map<string, RefusalRates["byPrompt"][number]>();
  const models = new Map<string, RefusalRates["byModel"][number]>();
  const reasons = new Map<string, RefusalRates["byReason"][number]>();
  for (const { id, promptId, prompt } of await findRuns(db, { run })) {
    for await (const stretch of stretchesOfCalls(db, id, STRETCH)) {
      const calls = sql`"ModelCall" c ${byImage} WHERE ${stretch} AND ${isLastWord}`;
      const rates = await db.$queryRaw`
        SELECT ${rootOf(roots)} AS "root", ${groupOf(roots)} AS "group", w."model", count(*) AS "asked", sum(w."isRefused") AS "refused"
          FROM (SELECT c."imageId", ${modelOf} AS "model", c."outcome" = 'refused' AS "isRefused" FROM ${calls}) w
         CROSS JOIN "Image" i ON i."id" = w."imageId" GROUP BY 1, 2, 3`;
      for (const { root: place, group: folder, model, ...rate } of rateRows.parse(rates)) {
        const root = roots[place]?.name ?? null;
        const group = folder === "" ? null : folder;
        add(all, rate);
        add(entry(groups, JSON.stringify([root, group]), { root, group, asked: 0, refused: 0 }), rate);
        add(entry(prompts, String(promptId), { promptId, prompt, asked: 0, refused: 0 }), rate);
        add(entry(models, model, { model, asked: 0, refused: 0 }), rate);
      }
      const told = await db.$queryRaw`
        SELECT ${codeOf} AS "code", c."finishMessage" AS "message", count(*) AS "refused"
          FROM ${calls} AND c."outcome" = 'refused' GROUP BY 1, 2`;
      for (const { refused, ...reason } of reasonRows.parse(told)) {
        entry(reasons, JSON.stringify(reason), { ...reason, refused: 0 }).refused += refused;
      }
    }
  }
  return {
    ...all,
    byGroup: mostRefused(groups),
    byPrompt: mostRefused(prompts),
    byModel: mostRefused(models),
    byReason: mostRefused(reasons),
  };
}

function entry<Value>(map: Map<string, Value>, key: string, initial: Value): Value {
  const value = map.get(key) ?? initial;
  map.set(key, value);
  return value;
}

function add(sum: Rate, { asked, refused }: Rate) {
  sum.asked += asked;
  sum.refused += refused;
}

const mostRefused = <Row extends { refused: number }>(rows: Map<string, Row>): Row[] =>
  [...rows.values()].filter(({ refused }) => refused > 0).sort((a, b) => b.refused - a.refused);

const images = z.array(
  z.object({
    id: z.coerce.number(),
    imageId: z.coerce.number(),
    key: z.string(),
    etag: z.string(),
    runId: z.coerce.number(),
    labelRunId: z.coerce.number(),
    model: z.string(),
    code: z.string(),
    message: z.string().nullable(),
    at: z.coerce.number().transform((ms) => new Date(ms)),
  }),
);

/**
 * Images that a model refused, the newest first, 60 at most.
 * @param page.before the call's id of the last one before this page; null: the first page
 */
export async function listRefused(
  db: Db,
  filter: RefusalFilter,
  roots: readonly AttributeRoot[],
  page: { before: number | null; limit?: number },
): Promise<RefusedImage[]> {
  const runs = await findRuns(db, filter);
  const { before, limit = PAGE } = page;
  const where = allOf([
    sql`c."labelRunId" IN ${valuesOf(runs.map(({ id }) => id))}`,
    isLastWord,
    ...(filter.model === undefined ? [] : [sql`${modelOf} = ${filter.model}`]),
    ...(filter.reason === undefined ? [] : [sql`${codeOf} = ${filter.reason}`]),
    ...groupWhere(filter, roots),
  ]);
  const promptOf = new Map(runs.map(({ id, prompt }) => [id, prompt]));
  const listed: RefusedImage[] = [];
  for await (const stretch of stretchesOfRefused(db, before)) {
    const found = await db.$queryRaw`
      SELECT c."id", c."imageId", i."key", i."etag", r."jobRunId" AS "runId", c."labelRunId", ${modelOf} AS "model",
             ${codeOf} AS "code", c."finishMessage" AS "message", coalesce(c."finishedAt", c."createdAt") AS "at"
        FROM "ModelCall" c ${byOutcome} CROSS JOIN "LabelRun" r ON r."id" = c."labelRunId" CROSS JOIN "Image" i ON i."id" = c."imageId"
       WHERE ${stretch} AND ${where} ORDER BY c."id" DESC LIMIT ${limit - listed.length}`;
    for (const { labelRunId, ...image } of images.parse(found)) {
      listed.push({ ...image, prompt: promptOf.get(labelRunId) ?? "" });
    }
    if (listed.length >= limit) break;
  }
  return listed;
}

const lastIds = z.array(z.object({ id: z.coerce.number() }));

/** The refused calls, the newest first, in stretches as conditions on `"ModelCall" c`. */
async function* stretchesOfRefused(db: Db, before: number | null): AsyncGenerator<Sql, void> {
  for (let until = before ?? Number.MAX_SAFE_INTEGER; ; ) {
    const older = sql`c."outcome" = 'refused' AND c."id" < ${until}`;
    const [last] = lastIds.parse(
      await db.$queryRaw`
        SELECT c."id" FROM "ModelCall" c ${byOutcome} WHERE ${older} ORDER BY c."id" DESC LIMIT 1 OFFSET ${REFUSED_AT_ONCE}`,
    );
    if (!last) return yield older;
    yield sql`${older} AND c."id" >= ${last.id}`;
    until = last.id;
    await nextTurn();
  }
}

function groupWhere({ root, group, outside }: RefusalFilter, roots: readonly AttributeRoot[]): Sql[] {
  if (outside) return [sql`${rootOf(roots)} = -1`];
  if (root === undefined) return [];
  return [
    sql`${rootOf(roots)} = ${roots.findIndex(({ name }) => name === root)}`,
    sql`${groupOf(roots)} = ${group ?? ""}`,
  ];
}

/** All of them, for a file. */
export async function* exportRefused(db: Db, filter: RefusalFilter, roots: readonly AttributeRoot[]) {
  for (let before: number | null = null; ; ) {
    const page: RefusedImage[] = await listRefused(db, filter, roots, { before, limit: 500 });
    if (page.length > 0) yield page;
    before = page.at(-1)?.id ?? null;
    if (page.length < 500) return;
  }
}
