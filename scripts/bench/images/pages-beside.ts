/** Someone who looks at /images all the time, in a process as the web's; stops and prints each page's ms at SIGTERM. */
import { setTimeout as sleep } from "node:timers/promises";
import { parseImageOrder } from "~/features/images/browse/image-order";
import { listImages } from "~/features/images/browse/list-images.sql.server";
import type { ImageQuery } from "~/features/images/query/image-query";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { benchPorts } from "./bench-ports";

const LOOKS_EACH_MS = 50;
const queries: ImageQuery[] = [{}, { owner: ["u-001"] }, { unowned: true }, { text: "portrait" }, { kind: ["upload"] }];

const ports = await benchPorts(process.argv[2] ?? "");
const schema = await loadLabelSchema();
const order = parseImageOrder(null);
const times: number[] = [];
let isOver = false;
process.once("SIGTERM", () => {
  isOver = true;
});
const look = async (query: ImageQuery) => {
  const startedAt = performance.now();
  await listImages(ports, { query, order, from: null, limit: 60, schema });
  return performance.now() - startedAt;
};
for (const query of queries) await look(query);
process.stdout.write("ready\n");
for (let at = 0; !isOver; at++) {
  times.push(await look(queries[at % queries.length] ?? {}));
  await sleep(LOOKS_EACH_MS);
}
process.stdout.write(`${JSON.stringify(times)}\n`, () => process.exit(0));
