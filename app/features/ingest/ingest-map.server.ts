import { parseJson } from "~/features/json-column";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { Ports } from "~/ports/index.server";
import { brokenLine, ingested, ingestItem, ingestTarget } from "./ingest-images";
import { nameSource } from "./ingest-source";

const PAGE = 1_000;
/** With a key of S3's 1,024 bytes a line would be longer than 300 characters; keys that are made here are not. */
const LONGEST_NAME = 120;

/**
 * What became of each line of an ingest, as NDJSON in the order of the list: `{ line, from, key }`, or `{ line, from, error }`. Old
 * addresses are told without their query, and data: URLs by their type, so that a line stays below 300 characters.
 */
export async function* readIngestMap({ db }: Pick<Ports, "db">, runId: number): AsyncGenerator<string> {
  const readPage = (last?: { seq: number }) =>
    db.jobItem.findMany({ where: { runId, seq: { gt: last?.seq ?? -1 } }, orderBy: { seq: "asc" }, take: PAGE });
  for await (const page of pagesByKey(PAGE, readPage)) {
    yield page.map((item) => `${JSON.stringify(lineOf(item))}\n`).join("");
  }
}

type Item = Awaited<ReturnType<Ports["db"]["jobItem"]["findMany"]>>[number];

function lineOf({ before, target, after, outcome, reason, error }: Item) {
  const wanted = parseJson(before);
  const broken = brokenLine.safeParse(wanted).data;
  if (broken) return { line: broken.line, from: null, error: shortened(broken.problem) };
  const { line, source } = ingestItem.parse(wanted);
  const from = shortened(nameSource(source));
  const made = ingested.safeParse(parseJson(after)).data;
  const planned = ingestTarget.parse(parseJson(target));
  const key = made?.key ?? (planned.isThere && outcome !== "failed" ? planned.place : null);
  return key === null ? { line, from, error: shortened(error ?? reason ?? "not done yet") } : { line, from, key };
}

const shortened = (text: string) => (text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME - 1)}…` : text);
