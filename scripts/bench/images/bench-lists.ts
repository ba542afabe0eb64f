import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { countImages } from "~/features/images/browse/count-images.sql.server";
import { cursorOf, type PageFrom, parseImageOrder } from "~/features/images/browse/image-order";
import { findNeighbors, listImages } from "~/features/images/browse/list-images.sql.server";
import { readFacets } from "~/features/images/browse/read-facets.sql.server";
import { wayOf } from "~/features/images/browse/walk-list.sql.server";
import { sourcesOf } from "~/features/images/query/find-few.sql.server";
import type { ImageQuery } from "~/features/images/query/image-query";
import { imagesWhere } from "~/features/images/query/image-query.sql.server";
import { toMatchQuery } from "~/features/images/text/search-text";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Ports } from "~/ports/index.server";
import { rowsMatching, type Sql, sql } from "~/ports/sql.server";
import { percentile } from "./percentile";
import { type Line, table } from "./report";

const PAGE = 60;
/** Rounds of a case in turn: as many as fit into the time, but some. */
const ROUNDS = { least: 5, most: 20, withinMs: 1_500 };
const DEEP_PAGE = 5_000;

const filters: Record<string, ImageQuery> = {
  owner: { owner: ["u-001"] },
  "a small owner": { owner: ["u-190"] },
  unowned: { unowned: true },
  kind: { kind: ["upload"] },
  "a rare kind": { kind: ["other"] },
  root: { root: "Model" },
  group: { root: "Model", group: "front_warm" },
  prefix: { prefix: "uploads/u-001/2026/" },
  label: { label: [{ attribute: "tone", value: "warm" }] },
  "labeled by a person": { labelSource: [{ attribute: "tone", source: "person" }] },
  "no label": { labelSource: [{ attribute: "wardrobe", source: "none" }] },
  "no label at all": { labelSource: [{ attribute: "tone", source: "none" }] },
  "a stale label": { labelSource: [{ attribute: "angle", source: "stale" }] },
  "label run": { labelRun: 1 },
  "thumbnail missing": { thumbnail: ["missing"] },
  "thumbnail stale": { thumbnail: ["stale"] },
  unreadable: { unreadable: ["any"] },
  "unreadable as empty": { unreadable: ["empty"] },
  format: { format: ["jpeg"] },
  "a rare format": { format: ["tiff"] },
  "no such format": { format: ["heic"] },
  "not read": { format: ["unread"] },
  "min width": { minWidth: 2_048 },
  "a width that none has": { minWidth: 4_096 },
  "max height": { maxHeight: 512 },
  "min bytes": { minBytes: 20_000_000 },
  since: { since: "2026-11-01" },
  until: { until: "2024-01-31" },
  gone: { gone: true },
  "three filters": { owner: ["u-001"], kind: ["generated"], label: [{ attribute: "tone", value: "warm" }] },
  "three that many have": { kind: ["generated"], thumbnail: ["made"], label: [{ attribute: "angle", value: "back" }] },
  "three that few have": { unreadable: ["any"], format: ["unread"], minBytes: 20_000_000 },
  "text: a word of half": { text: "portrait" },
  "text: a rare word": { text: "zeppelin" },
  "text: a beginning": { text: "scene-00" },
  "text: Korean": { text: "서울" },
  "text: two words and an owner": { text: "서울 portrait", owner: ["u-001"] },
  "text: no such word": { text: "nowhere" },
};

type Case = { sqlMs: number; listMs: number; listP95: number; facetsMs: number; countMs: number; stallMs: number };

/**
 * Each list of the page beside one statement for the same rows, in turn. The statement is the quickest of three: as SQLite's
 * planner would have it, along the order's index, and from the ids that a field's own index finds.
 */
export async function benchLists(ports: Ports, file: string, images: number): Promise<Line[]> {
  const bare = new Database(file, { readonly: true });
  const schema = await loadLabelSchema();
  const known = { now: ports.clock.now(), ...schema };
  const newest = parseImageOrder(null);

  const statementOf = (from: Sql, where: Sql) => {
    const { sql: text, values } = sql`
      SELECT i.*, o."name" FROM ${from} LEFT JOIN "Owner" o ON o."id" = i."ownerId" WHERE ${where}
       ORDER BY i."createdAt" DESC, i."id" DESC LIMIT ${PAGE + 1}`;
    // Prepared each time, as the list's is: a page is asked for once.
    return () => bare.prepare(text).all(...values);
  };
  const inSql = async (query: ImageQuery, from: { createdAt: number; id: number } | null) => {
    const beyond = from ? sql`(i."createdAt", i."id") < (${from.createdAt}, ${from.id})` : sql`1 = 1`;
    const where = sql`${imagesWhere(query, known)} AND ${beyond}`;
    const [source] = (await sourcesOf(ports.db, query, known)) ?? [
      {
        ids: sql`SELECT f."id" FROM "Image" f WHERE f."id" IN ${rowsMatching("ImageText", toMatchQuery(query.text ?? "") ?? "")}`,
      },
    ];
    const ways = [
      statementOf(sql`"Image" i`, where),
      ...(query.gone ? [] : [statementOf(wayOf(newest).along, where)]),
      ...(source ? [statementOf(sql`(${source.ids}) s CROSS JOIN "Image" i ON i."id" = s."id"`, where)] : []),
    ];
    const times: number[] = [];
    for (const way of ways) times.push(Math.min(await timed(way), await timed(way)));
    return ways[times.indexOf(Math.min(...times))] ?? statementOf(sql`"Image" i`, where);
  };
  const compare = async (query: ImageQuery, at: { from: PageFrom; createdAt: number; id: number } | null = null) => {
    const plain = await inSql(query, at);
    const list = () => listImages(ports, { query, order: newest, from: at?.from ?? null, limit: PAGE, schema });
    const times = { sql: [] as number[], list: [] as number[] };
    let spent = 0;
    for (let round = -1; round < ROUNDS.least || (round < ROUNDS.most && spent < ROUNDS.withinMs); round++) {
      const sqlMs = await timed(plain);
      const listMs = await timed(list);
      if (round < 0) continue;
      spent += sqlMs + listMs;
      times.sql.push(sqlMs);
      times.list.push(listMs);
    }
    return {
      sqlMs: percentile(times.sql, 0.5, 2),
      listMs: percentile(times.list, 0.5, 2),
      listP95: percentile(times.list, 0.95),
    };
  };

  const deepAt = Math.min(DEEP_PAGE * PAGE, Math.floor(images / 2));
  const deep = bare
    .prepare<[], { id: number; createdAt: number; key: string; bytes: number }>(
      `SELECT "id", "createdAt", "key", "bytes" FROM "Image" WHERE "goneAt" IS NULL ORDER BY "createdAt" DESC, "id" DESC LIMIT 1 OFFSET ${deepAt}`,
    )
    .get();
  if (!deep) throw new Error("The list is too short");
  const place = { ...deep, from: { after: cursorOf({ ...deep, createdAt: new Date(deep.createdAt) }, newest) } };
  // The first questions of a process teach it; they tell nothing of it.
  for (const query of [{}, { kind: ["upload" as const] }, { text: "portrait" }]) await compare(query);
  const cases = new Map<string, Case>();
  const measure = async (name: string, query: ImageQuery, at: typeof place | null = null) => {
    cases.set(name, { ...(await compare(query, at)), ...(await beside(ports, query, schema)) });
    process.stderr.write(`${name} ${JSON.stringify(cases.get(name))}\n`);
  };
  await measure("first page", {});
  await measure("page 5,000", {}, place);
  for (const [name, query] of Object.entries(filters)) await measure(name, query);

  const neighbors = new Map<string, number>();
  for (const [name, query] of Object.entries(nearby)) {
    const times: number[] = [];
    for (let n = -2; n < ROUNDS.most; n++) {
      const ms = await timed(() => findNeighbors(ports, { query, order: newest, id: place.id, schema }));
      if (n >= 0) times.push(ms);
    }
    neighbors.set(name, percentile(times, 0.5, 2));
  }
  bare.close();
  await ports.db.$disconnect();
  return report(cases, neighbors);
}

const nearby: Record<string, ImageQuery> = {
  all: {},
  "of a kind": { kind: ["generated"] },
  "of an owner": { owner: ["u-001"] },
  "of a word of half": { text: "portrait" },
};

/** What comes after the list, without which it shows, and for how long at most it let nothing else be done. */
async function beside(ports: Ports, query: ImageQuery, schema: Awaited<ReturnType<typeof loadLabelSchema>>) {
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  stalls.enable();
  const facetsMs = await timed(() => readFacets(ports, { query, schema }));
  const countMs = await timed(() => countImages(ports, { query, schema }));
  await sleep(5);
  stalls.disable();
  return { facetsMs: Math.round(facetsMs), countMs: Math.round(countMs), stallMs: Math.round(stalls.max / 1e6) };
}

async function timed(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function report(cases: ReadonlyMap<string, Case>, neighbors: ReadonlyMap<string, number>): Line[] {
  const ratio = ({ listMs, sqlMs }: Case) => Math.round((listMs / sqlMs) * 10) / 10;
  table(
    ["list", "SQL ms", "list ms", "ratio", "p95 ms", "facets ms", "count ms", "stall ms"],
    [...cases].map(([name, one]) => [
      name,
      one.sqlMs,
      one.listMs,
      ratio(one),
      one.listP95,
      one.facetsMs,
      one.countMs,
      one.stallMs,
    ]),
  );
  const above = [...cases].filter(([, one]) => ratio(one) > 4);
  const slow = [...cases].filter(([, { listP95 }]) => listP95 >= 60);
  const longest = Math.max(...[...cases.values()].map(({ stallMs }) => stallMs));
  const far = Math.max(...neighbors.values());
  return [
    {
      what: "lists at most 4 times their SQL",
      isMet: above.length === 0,
      measured: `${cases.size - above.length} of ${cases.size}${named(above.map(([name, one]) => `${name} ${ratio(one)} (${one.sqlMs} → ${one.listMs} ms)`))}`,
    },
    {
      what: "lists below 60 ms, p95",
      isMet: slow.length === 0,
      measured: `${cases.size - slow.length} of ${cases.size}${named(slow.map(([name, { listP95 }]) => `${name} ${listP95}`))}`,
    },
    {
      what: "previous and next below 5 ms",
      isMet: far < 5,
      measured: [...neighbors].map(([name, ms]) => `${name} ${ms}`).join(", "),
    },
    {
      what: "facets and counts stall others for less than 60 ms",
      isMet: longest < 60,
      measured: `${longest} ms at most`,
    },
  ];
}

const named = (exceptions: string[]) => (exceptions.length === 0 ? "" : `; not ${exceptions.join(", ")}`);
