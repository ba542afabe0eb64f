import { permanentAddress } from "~/features/images/permanent-address";
import { parseJson } from "~/features/json-column";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { Ports } from "~/ports/index.server";
import { brokenLine, ingested, ingestItem, ingestTarget } from "./ingest-images";
import { nameSource } from "./ingest-source";

const PAGE = 1_000;
const LONGEST_LINE = 299;
/** Enough to be known again by. All lengths are those of the text as JSON, where a quotation mark is two characters. */
const SHORTEST_NAME = 24;
const LONGEST_NAME = 120;

type Deps = Pick<Ports, "db" | "settings">;

/**
 * What became of each line of an ingest, as NDJSON in the order of the list: `{ line, from, key, address, servedBy }` with the
 * permanent address that the image has now and who answers there, or `{ line, from, error }`. Old addresses are told without their
 * query and data: URLs by their type. A line stays below 300 characters: what it was is cut, with “…” at its end, for the list's line
 * has it whole. Where it is now is never cut: a long key is left to its address, a long address to the key, and where neither has
 * room, the address of the image's page goes by its id.
 */
export async function* readIngestMap({ db, settings }: Deps, runId: number): AsyncGenerator<string> {
  const readPage = (last?: { seq: number }) =>
    db.jobItem.findMany({ where: { runId, seq: { gt: last?.seq ?? -1 } }, orderBy: { seq: "asc" }, take: PAGE });
  for await (const page of pagesByKey(PAGE, readPage)) {
    const lines = await Promise.all(page.map((item) => lineOf(db, item, settings)));
    yield lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  }
}

type Item = Awaited<ReturnType<Ports["db"]["jobItem"]["findMany"]>>[number];

async function lineOf(
  db: Deps["db"],
  { before, target, after, outcome, reason, error }: Item,
  settings: Deps["settings"],
): Promise<object> {
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
  const cut = (facts: object) => ({ line, from: shortened(name, Math.min(LONGEST_NAME, roomBeside(facts))), ...facts });
  const whole = [{ key, ...found }, found, { key }].find((facts) => roomBeside(facts) >= SHORTEST_NAME);
  if (whole) return cut(whole);
  const image = await db.image.findUnique({ where: { key }, select: { id: true } });
  if (image) return cut({ address: `${settings.PUBLIC_URL}/images/${image.id}`, servedBy: "console" });
  return cut({ error: "It has a key that is too long for this list, and no image of the index has it." });
}

const lengthOf = (text: string) => JSON.stringify(text).length - 2;

/** As it is, or as many of its characters as leave room for the “…” that says so. */
function shortened(text: string, longest = LONGEST_NAME): string {
  if (lengthOf(text) <= longest) return text;
  let kept = "";
  let room = longest - 1;
  for (const character of text) {
    room -= lengthOf(character);
    if (room < 0) break;
    kept += character;
  }
  return `${kept}…`;
}
