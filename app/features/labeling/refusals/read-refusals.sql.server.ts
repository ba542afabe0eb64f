import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import { prefixUpperBound } from "~/features/images/key-layout";
import type { AttributeRoot } from "~/features/label-schema/label-schema";
import type { Db } from "~/ports/db.server";
import { allOf, folderOf, type Sql, sql, valuesOf } from "~/ports/sql.server";
import type { Rate, RefusalFilter, RefusalRates, RefusedImage } from "./refusals";

/** The newest label runs that are looked at where none is named: what a model refused long ago says little of it now. */
const NEWEST_RUNS = 100;
const PAGE = 60;

/** Ends of a call that say something of the picture: a failure does not. */
const answers = sql`('labelled', 'refused', 'truncated', 'invalid', 'unanswered')`;
/** The last word on each image of a run: one that was asked again and then labeled was not refused. */
const isLastWord = sql`c."outcome" IN ${answers} AND NOT EXISTS (
  SELECT 1 FROM "ModelCall" d
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

/** How much a model refused, of one label run or the newest hundred, run by run so that others are answered in between. */
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
    const calls = sql`"ModelCall" c WHERE c."labelRunId" = ${id} AND ${isLastWord}`;
    const rates = await db.$queryRaw`
      SELECT ${rootOf(roots)} AS "root", ${groupOf(roots)} AS "group", w."model", count(*) AS "asked", sum(w."isRefused") AS "refused"
        FROM (SELECT c."imageId", ${modelOf} AS "model", c."outcome" = 'refused' AS "isRefused" FROM ${calls}) w
        JOIN "Image" i ON i."id" = w."imageId" GROUP BY 1, 2, 3`;
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
    await nextTurn();
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
    sql`c."outcome" = 'refused'`,
    isLastWord,
    ...(before === null ? [] : [sql`c."id" < ${before}`]),
    ...(filter.model === undefined ? [] : [sql`${modelOf} = ${filter.model}`]),
    ...(filter.reason === undefined ? [] : [sql`${codeOf} = ${filter.reason}`]),
    ...groupWhere(filter, roots),
  ]);
  const found = await db.$queryRaw`
    SELECT c."id", c."imageId", i."key", i."etag", r."jobRunId" AS "runId", c."labelRunId", ${modelOf} AS "model",
           ${codeOf} AS "code", c."finishMessage" AS "message", coalesce(c."finishedAt", c."createdAt") AS "at"
      FROM "ModelCall" c JOIN "Image" i ON i."id" = c."imageId" JOIN "LabelRun" r ON r."id" = c."labelRunId"
     WHERE ${where} ORDER BY c."id" DESC LIMIT ${limit}`;
  const promptOf = new Map(runs.map(({ id, prompt }) => [id, prompt]));
  return images.parse(found).map(({ labelRunId, ...image }) => ({ ...image, prompt: promptOf.get(labelRunId) ?? "" }));
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
