import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { parseJson } from "~/features/json-column";
import { isStorageError } from "~/features/storage-failure";
import type { Prisma } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import { describeAbilities, type KnownStore, probedAbilities, type StoreAbilities } from "./abilities";
import { isUncertain } from "./placing";
import { probeAbilities } from "./probe/probe-abilities.server";
import { insertStore } from "./store-abilities.sql.server";

type Deps = Pick<Ports, "db" | "storage" | "clock">;
type Place = Pick<Ports["storage"], "bucket" | "endpoint">;

/** What the database knows of the store that the environment names. Asks the store nothing. */
export async function findStore({ db, storage }: Pick<Deps, "db"> & { storage: Place }): Promise<KnownStore> {
  const { bucket, endpoint } = storage;
  const row = await db.storeAbilities.findUnique({ where: { endpoint_bucket: { endpoint, bucket } } });
  const parsed = probedAbilities.safeParse(parseJson(row?.abilities ?? null));
  return {
    bucket,
    endpoint,
    abilities: parsed.success && row?.probedAt ? { ...parsed.data, probedAt: row.probedAt } : null,
    staleReason: row?.staleReason ?? null,
    failure: row?.failure && row.failedAt ? { sentence: row.failure, at: row.failedAt } : null,
  };
}

/**
 * What the store can do as it was last probed; probes it where nothing is known or what is known has become doubtful.
 * @throws StorageError when it must be probed and cannot be
 */
export async function readAbilities(deps: Deps, signal: AbortSignal): Promise<StoreAbilities> {
  const { abilities, staleReason } = await findStore(deps);
  return abilities && staleReason === null ? abilities : probeStore(deps, { signal });
}

/**
 * As `readAbilities`, for a plan that relies on them: asks the bucket (one call) whether it still keeps versions as it did,
 * and probes it again where it does not. Another bucket behind the same name, or other settings, show there first. What a
 * move needs and no probe could tell is probed again as well: a store that was unwell for a day is asked on the next.
 */
export async function recheckAbilities(deps: Deps, signal: AbortSignal): Promise<StoreAbilities> {
  const { abilities: known, staleReason } = await findStore(deps);
  if (known === null || staleReason !== null || isUncertain(known)) return probeStore(deps, { signal });
  if (known.versions === "unknown" || known.missingRights.includes("s3:GetBucketVersioning")) return known;
  return (await readVersioning(deps, signal)) === known.versions ? known : probeStore(deps, { signal });
}

async function readVersioning({ storage }: Deps, signal: AbortSignal) {
  try {
    return await storage.versioning({ signal });
  } catch (error) {
    if (isStorageError(error) && error.code === "not-implemented") return "off";
    if (isStorageError(error) && error.code === "denied") return "unknown";
    throw error;
  }
}

/**
 * Probes the store and keeps what it saw; of two probes at once the last one counts. `actor`: an operator asked for it,
 * which the audit log tells.
 * @throws StorageError when the store cannot be probed; kept as well, for pages to show
 */
export async function probeStore(
  deps: Deps,
  { signal = new AbortController().signal, actor }: { signal?: AbortSignal; actor?: Actor } = {},
): Promise<StoreAbilities> {
  const { db, storage, clock } = deps;
  const { endpoint, bucket } = storage;
  const where = { endpoint_bucket: { endpoint, bucket } };
  const keep = (data: Prisma.StoreAbilitiesUpdateInput, sentence: string) => {
    const at = clock.now();
    return db.$write(async (tx) => {
      await insertStore(tx, { endpoint, bucket });
      await tx.storeAbilities.update({ where, data });
      if (actor) await recordEvent(tx, { at, actor, action: "store.probe", subject: `bucket:${bucket}`, sentence });
    });
  };
  try {
    const probed = await probeAbilities(storage, signal);
    const probedAt = clock.now();
    const kept = { abilities: JSON.stringify(probed), probedAt, staleReason: null, failure: null, failedAt: null };
    await keep(kept, `Probed the bucket ${quoteKey(bucket)}: ${describeAbilities(probed)}`);
    return { ...probed, probedAt };
  } catch (error) {
    if (!isStorageError(error)) throw error;
    const failure = { failure: error.message, failedAt: clock.now() };
    await keep(failure, `Tried to probe the bucket ${quoteKey(bucket)}: ${error.message}`);
    throw error;
  }
}

/**
 * Marks what is known of the store as doubtful: it answered otherwise. Whoever relies on its abilities next probes it.
 * @param reason a sentence: “Put-if-absent was honored when the store was probed; now it answers 501.”
 */
export async function forgetAbilities({ db, storage }: Pick<Deps, "db" | "storage">, reason: string): Promise<void> {
  const { endpoint, bucket } = storage;
  await db.storeAbilities.updateMany({ where: { endpoint, bucket }, data: { staleReason: reason } });
}
