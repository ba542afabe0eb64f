import Database from "better-sqlite3";
import { countImages } from "~/features/images/browse/count-images.sql.server";
import { cursorOf, type ImageOrder, type PageFrom, parseImageOrder } from "~/features/images/browse/image-order";
import { findNeighbors, listImages } from "~/features/images/browse/list-images.sql.server";
import { readFacets } from "~/features/images/browse/read-facets.sql.server";
import type { ImageQuery } from "~/features/images/query/image-query";
import { imagesWhere } from "~/features/images/query/image-query.sql.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Ports } from "~/ports/index.server";
import { percentile } from "./percentile";

const PAGE = 60;
const ROUNDS = 20;
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

/** Each list of the page beside one statement for the same rows, in turn; neighbors, facets and counts by themselves. */
export async function benchLists(ports: Ports, file: string, images: number) {
  const bare = new Database(file, { readonly: true });
  const schema = await loadLabelSchema();
  const known = { now: ports.clock.now(), ...schema };
  const newest = parseImageOrder(null);

  const inSql = (query: ImageQuery, order: ImageOrder, from: { createdAt: number; id: number } | null) => {
    const where = imagesWhere(query, known);
    const beyond = from ? `AND (i."createdAt", i."id") < (${from.createdAt}, ${from.id})` : "";
    const by = { created: "createdAt", key: "key", bytes: "bytes" }[order.by];
    const statement = bare.prepare(
      `SELECT i.*, o."name" FROM "Image" i LEFT JOIN "Owner" o ON o."id" = i."ownerId" WHERE ${where.sql} ${beyond}
        ORDER BY i."${by}" ${order.direction}, i."id" ${order.direction} LIMIT ${PAGE + 1}`,
    );
    return () => statement.all(...where.values);
  };
  const compare = async (query: ImageQuery, at: { from: PageFrom; createdAt: number; id: number } | null = null) => {
    const plain = inSql(query, newest, at);
    const list = () => listImages(ports, { query, order: newest, from: at?.from ?? null, limit: PAGE, schema });
    const times = { sql: [] as number[], list: [] as number[] };
    let slow = 0;
    for (let round = -2; round < ROUNDS && slow < 4_000; round++) {
      const sqlMs = await timed(plain);
      const listMs = await timed(list);
      slow += sqlMs + listMs;
      if (round < 0) continue;
      times.sql.push(sqlMs);
      times.list.push(listMs);
    }
    const [sqlMs, listMs] = [percentile(times.sql, 0.5), percentile(times.list, 0.5)];
    return { sqlMs, listMs, listP95: percentile(times.list, 0.95), ratio: Math.round((listMs / sqlMs) * 10) / 10 };
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
  await compare({});
  const lists: Record<string, unknown> = { "first page": await compare({}), "page 5,000": await compare({}, place) };
  for (const [name, query] of Object.entries(filters)) {
    lists[name] = { ...(await compare(query)), ...(await beside(ports, query, schema)) };
    process.stderr.write(`${name} ${JSON.stringify(lists[name])}\n`);
  }

  const near = (query: ImageQuery) =>
    repeated(() => findNeighbors(ports, { query, order: newest, id: place.id, schema }));
  const neighbors = {
    all: await near({}),
    kind: await near({ kind: ["generated"] }),
    "a word of half": await near({ text: "portrait" }),
    owner: await near({ owner: ["u-001"] }),
  };
  bare.close();
  await ports.db.$disconnect();
  return { lists, neighbors };
}

/** What comes after the list, without which it shows. */
async function beside(ports: Ports, query: ImageQuery, schema: Awaited<ReturnType<typeof loadLabelSchema>>) {
  const facets = await repeated(() => readFacets(ports, { query, schema }), 5);
  const count = await repeated(() => countImages(ports, { query, schema }), 5);
  return { facetsMs: facets.median, countMs: count.median };
}

async function timed(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function repeated(work: () => unknown, times = ROUNDS) {
  await work();
  const all: number[] = [];
  for (let n = 0; n < times; n++) all.push(await timed(work));
  return { median: percentile(all, 0.5), p95: percentile(all, 0.95) };
}
