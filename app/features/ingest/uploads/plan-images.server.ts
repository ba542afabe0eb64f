import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { listOf, plural } from "~/features/format";
import { whyNoAddress } from "~/features/ingest/address";
import { type IngestLine, ingestImages } from "~/features/ingest/ingest-images";
import { type IngestSource, nameSource } from "~/features/ingest/ingest-source";
import { DEFAULT_OWNER, isOnlyOne, whyNoOwner } from "~/features/ingest/keys/ingest-key";
import { isOgPicture, type RoleFields, readRole } from "~/features/ingest/keys/ingest-role";
import { removeStagedIngests } from "~/features/ingest/staged-ingests.sql.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import type { Tx, Upload } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import { quote } from "~/quote";
import { isJoined } from "./find-upload.server";
import { oldestKept } from "./remove-old-uploads.server";
import { MOST_UPLOADS } from "./upload-file";

/** What the page asks for: images that it uploaded, images at addresses, and where they all belong. */
export type WantedImages = {
  uploadIds: number[];
  addresses: string[];
  /** Null: they have none. */
  owner: string | null;
  /** Null for branding. */
  topic: string | null;
  role: RoleFields;
};

type Input = WantedImages & { operatorId: number; actor: Actor };
type Deps = Pick<Ports, "db" | "clock" | "storage">;

/**
 * Starts the plan of bringing uploaded files, and what lies at addresses, to keys of their own. The files are the plan's from then
 * on: they wait below `incoming/`, and are no uploads any more.
 * @throws DomainError "invalid" for what no key can be made of, "conflict" for uploads that are not there whole
 */
export async function planImages(deps: Deps, input: Input): Promise<{ runId: number }> {
  const { db, clock } = deps;
  const { uploadIds, addresses, operatorId, actor } = input;
  const count = uploadIds.length + addresses.length;
  if (count === 0) throw invalid("Add a file or an address first.");
  if (count > MOST_UPLOADS) throw invalid(`A plan from this page takes ${MOST_UPLOADS} images at most.`);
  const placed = readPlace(input, count);
  for (const address of addresses) {
    const problem = whyNoAddress(address);
    if (problem !== null) throw invalid(`${quote(address.slice(0, 80))} cannot be read: ${problem}.`);
  }
  const uploads = await findWhole(deps, input);
  const lines = [
    ...uploads.map(({ name, key, sha256 }) => placed({ kind: "upload", told: name, key, sha256 })),
    ...addresses.map((url) => placed({ kind: "url", url })),
  ];
  await removeStagedIngests(deps);
  const source = listOf([
    ...(uploads.length > 0 ? [plural(uploads.length, "file")] : []),
    ...(addresses.length > 0 ? [plural(addresses.length, "address", "addresses")] : []),
  ]);
  const { id: importId } = await db.ingestImport.create({
    data: {
      ...{ source, stagedAt: clock.now() },
      lines: { create: lines.map((wanted, at) => ({ line: at + 1, wanted: JSON.stringify(wanted) })) },
    },
    select: { id: true },
  });
  return startRun(deps, ingestImages, {
    payload: { importId, source },
    actor,
    async within(tx, runId) {
      await handOver(deps, tx, { operatorId, uploadIds });
      await tx.ingestImport.update({ where: { id: importId }, data: { jobRunId: runId } });
    },
  });
}

/** Where all of the images belong, as what makes a line of each. */
function readPlace({ owner, topic, role }: Input, count: number): (source: IngestSource) => IngestLine {
  const ownerId = owner ?? DEFAULT_OWNER;
  const unfit = whyNoOwner(ownerId);
  if (unfit !== null) throw invalid(unfit);
  const isBranding = role.role === "branding";
  if (!isBranding && topic === null) throw invalid("Name the topic that the images belong to.");
  const roleOf = (source: IngestSource) => {
    const named = isBranding && role.name === undefined ? { ...role, name: stemOf(source) } : role;
    const read = readRole(named);
    if ("problem" in read) throw invalid(`This ${read.problem}.`);
    return read;
  };
  const surplus = whyTooMany(role, count);
  if (surplus !== null) throw invalid(surplus);
  return (source) => ({ source, owner: ownerId, topic: isBranding ? null : topic, role: roleOf(source) });
}

/** Why so many images cannot all have this role, as a sentence; null: they can. */
export function whyTooMany(role: RoleFields, count: number): string | null {
  const isOne = isOnlyOne({ kind: role.role, isOg: isOgPicture(role) });
  if (count < 2 || !isOne) return null;
  if (role.role !== "branding") {
    return `A topic has one such picture, and here are ${count} images. Leave one, or choose another role.`;
  }
  const hasOneName = role.name !== undefined;
  return hasOneName ? "Several images cannot have one name. Leave the name empty, and each goes by its own." : null;
}

/** A file's name without its extension, also at the end of an address. */
const stemOf = (source: IngestSource): string => lastSegment(source).replace(/\.[^.]*$/, "");

const lastSegment = (source: IngestSource): string =>
  source.kind === "url" ? decoded(new URL(source.url).pathname.split("/").at(-1) ?? "") : nameSource(source);

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

type Chosen = Pick<Input, "operatorId" | "uploadIds">;

/** None that may be removed at any moment. */
const whereKept = (deps: Deps, { operatorId, uploadIds }: Chosen) => ({
  operatorId,
  id: { in: uploadIds },
  startedAt: { gte: oldestKept(deps) },
});

async function findWhole(deps: Deps, chosen: Chosen): Promise<Upload[]> {
  const { uploadIds } = chosen;
  const found = await deps.db.upload.findMany({ where: whereKept(deps, chosen) });
  const byId = new Map(found.map((upload) => [upload.id, upload]));
  const uploads = uploadIds.map((id) => {
    const upload = byId.get(id);
    if (!upload) throw gone();
    return upload;
  });
  for (const upload of uploads) {
    // Joined without anyone hearing of it: the bucket's answer was lost, so that no row says it.
    if (upload.completedAt !== null || (await isJoined(deps.storage, upload))) continue;
    throw new DomainError("conflict", `Not all of ${quote(upload.name)} has arrived yet.`);
  }
  return uploads;
}

/** @throws DomainError "conflict" where another tab was quicker */
async function handOver(deps: Deps, tx: Tx, chosen: Chosen): Promise<void> {
  const { count } = await tx.upload.deleteMany({ where: whereKept(deps, chosen) });
  if (count !== new Set(chosen.uploadIds).size) throw gone();
}

const gone = () =>
  new DomainError(
    "conflict",
    "A file of these is not there any more: it was planned or discarded, in another tab perhaps, or is older than two days. Add it again.",
  );
const invalid = (sentence: string) => new DomainError("invalid", sentence);
