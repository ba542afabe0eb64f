import { permanentAddress } from "~/features/images/permanent-address";
import { parseJson } from "~/features/json-column";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { Ports } from "~/ports/index.server";
import { brokenLine, ingested, ingestItem, ingestTarget } from "./ingest-images";
import { nameSource } from "./ingest-source";

const PAGE = 1_000;
const LONGEST_LINE = 299;
/** Enough to be known again by. */
const SHORTEST_NAME = 24;
const LONGEST_NAME = 120;

type Deps = Pick<Ports, "db" | "settings">;

/**
 * What became of each line of an ingest, as NDJSON in the order of the list: `{ line, from, key, address, servedBy }` with the
 * permanent address that the image has now and who answers there, or `{ line, from, error }`. Old addresses are told without their
 * query, data: URLs by their type, and long ones cut, so that a line stays below 300 characters; a long key is left to its address.
 */
export async function* readIngestMap({ db, settings }: Deps, runId: number): AsyncGenerator<string> {
  const readPage = (last?: { seq: number }) =>
    db.jobItem.findMany({ where: { runId, seq: { gt: last?.seq ?? -1 } }, orderBy: { seq: "asc" }, take: PAGE });
  for await (const page of pagesByKey(PAGE, readPage)) {
    yield page.map((item) => `${JSON.stringify(lineOf(item, settings))}\n`).join("");
  }
}

type Item = Awaited<ReturnType<Ports["db"]["jobItem"]["findMany"]>>[number];

function lineOf({ before, target, after, outcome, reason, error }: Item, settings: Deps["settings"]) {
  const wanted = parseJson(before);
  const broken = brokenLine.safeParse(wanted).data;
  if (broken) return { line: broken.line, from: null, error: shortened(broken.problem) };
  const { line, source } = ingestItem.parse(wanted);
  const name = nameSource(source);
  const made = ingested.safeParse(parseJson(after)).data;
  const planned = ingestTarget.parse(parseJson(target));
  const key = made?.key ?? (planned.isThere && outcome !== "failed" ? planned.place : null);
  if (key === null) return { line, from: shortened(name), error: shortened(error ?? reason ?? "not done yet") };
  const found = permanentAddress(key, settings);
  const roomBeside = (facts: object) => LONGEST_LINE - JSON.stringify({ line, from: "", ...facts }).length;
  const facts = roomBeside({ key, ...found }) < SHORTEST_NAME ? found : { key, ...found };
  return { line, from: shortened(name, Math.max(SHORTEST_NAME, Math.min(LONGEST_NAME, roomBeside(facts)))), ...facts };
}

function shortened(text: string, longest = LONGEST_NAME): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
