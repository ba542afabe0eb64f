import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { type External, listExternal } from "~/features/generations/external/list-external.sql.server";
import { groupBy } from "~/features/group-by";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import type { Ports } from "~/ports/index.server";
import { type IngestLine, ingestImages } from "./ingest-images";
import { DEFAULT_OWNER, type IngestRole, whyNoOwner } from "./keys/ingest-key";
import { modelSlug } from "./keys/slug";
import { removeStagedIngests } from "./staged-ingests.sql.server";

/** Of one run: whoever starts it waits for its lines. The next run takes the rest. */
const MOST = 20_000;
/** Places that a line resolves in one write; the same image has more lines where more records name it. */
const PLACES = 25;
const BATCH = 500;

/**
 * Starts the plan of bringing home what generation records name elsewhere: a line for each image and owner, whose run also has the
 * records name what was brought.
 * @throws DomainError "invalid" where nothing can be fetched
 */
export async function startReferenceMigration(
  deps: Pick<Ports, "db" | "clock">,
  actor: Actor,
): Promise<{ runId: number }> {
  const { db, clock } = deps;
  await removeStagedIngests(deps);
  const lines = toLines(await listExternal(db, MOST));
  if (lines.length === 0) {
    throw new DomainError(
      "invalid",
      "No generation record names an image at an address, or as data, that is still elsewhere.",
    );
  }
  const source = "generation records";
  const { id: importId } = await db.ingestImport.create({
    data: { source, stagedAt: clock.now() },
    select: { id: true },
  });
  for (let at = 0; at < lines.length; at += BATCH) {
    const some = lines.slice(at, at + BATCH);
    await db.ingestLine.createMany({
      data: some.map((line, n) => ({ importId, line: at + n + 1, wanted: JSON.stringify(line), problem: null })),
    });
  }
  return startRun(deps, ingestImages, {
    payload: { importId, source },
    actor,
    within: (tx, runId) => tx.ingestImport.update({ where: { id: importId }, data: { jobRunId: runId } }),
  });
}

function toLines(external: External[]): IngestLine[] {
  const fit = external.filter(({ url }) => url === null || URL.canParse(url));
  const sources = groupBy(fit, ({ owner, url, payloadHash }) => JSON.stringify([ownerOf(owner), url ?? payloadHash]));
  return [...sources.values()].flatMap((members) => {
    // The record of the image itself names it better than one that only refers to it.
    const named = members.find(({ position }) => position === 0) ?? members[0];
    return named ? piecesOf(members).map((places) => lineOf(named, places)) : [];
  });
}

function lineOf(
  { url, payloadHash, owner, prompt, model, generationId, position }: External,
  places: External[],
): IngestLine {
  return {
    source: url === null ? { kind: "bytes", told: "data:…", sha256: payloadHash ?? "" } : { kind: "url", url },
    sha256: payloadHash,
    owner: ownerOf(owner),
    topic: prompt.trim() || generationId,
    role: roleOf(model, position),
    resolves: places.map((place) => ({ generationId: place.generationId, position: place.position })),
  };
}

/** What the model drew is one of several drawings of its prompt; what it was given is not. No prompt has one hero only. */
const roleOf = (model: string | null, position: number): IngestRole =>
  position === 0 && model !== null && modelSlug(model) !== null
    ? { kind: "comparison", model }
    : { kind: "supporting" };

const ownerOf = (owner: string | null): string =>
  owner === null || whyNoOwner(owner) !== null ? DEFAULT_OWNER : owner;

const piecesOf = (members: External[]): External[][] =>
  Array.from({ length: Math.ceil(members.length / PLACES) }, (_, n) => members.slice(n * PLACES, (n + 1) * PLACES));
