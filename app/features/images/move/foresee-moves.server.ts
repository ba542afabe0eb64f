import pMap from "p-map";
import { count } from "~/features/format";
import { readOwnAcl } from "~/features/images/objects/object-extras.server";
import type { Foreseen } from "~/features/job-runs/kinds/handler";
import type { StoreAbilities } from "~/features/storage/abilities";
import { mayHaveAcl, windowOf } from "~/features/storage/placing";
import { recheckAbilities } from "~/features/storage/read-abilities.server";
import { orRefusal } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";
import type { Storage } from "~/ports/storage.server";

const aFewAtOnce = { concurrency: 16 };

/** So many objects are looked at, spread over all: as a rule they are all alike, and someone waits for the plan. */
const OBJECTS_LOOKED_AT = 200;

type FromTo = { from: string; to: string };

/**
 * What moves lose, or cannot rule out, in this store. Of single objects (at most 200) it asks what no listing tells: how they
 * are locked and encrypted, and their ACLs and the versions of their targets where the store's abilities tell that these
 * may differ.
 */
export async function foreseeMoves(ports: Ports, moves: FromTo[], signal: AbortSignal): Promise<Foreseen> {
  if (moves.length === 0) return {};
  const abilities = await recheckAbilities(ports, signal);
  const warnings = await findLosses(ports.storage, abilities, moves, signal);
  const needsConsent = await findRisk(ports.storage, abilities, moves, signal);
  return { ...(warnings.length > 0 && { warnings }), ...(needsConsent !== null && { needsConsent }) };
}

async function findLosses(
  storage: Storage,
  { tags, acl, versions }: StoreAbilities,
  moves: FromTo[],
  signal: AbortSignal,
): Promise<string[]> {
  const all = objects(moves.length);
  const step = Math.ceil(moves.length / OBJECTS_LOOKED_AT);
  const looked = moves.filter((_, at) => at % step === 0);
  const some = (found: number) =>
    looked.length < moves.length ? `${count(found)} of ${count(looked.length)} objects looked at` : objects(found);
  let [closed, locked, encrypted] = [0, 0, 0];
  await pMap(
    looked,
    async ({ from }) => {
      const head = await orRefusal(() => storage.head(from, { signal }));
      if (head === null || "refusal" in head) return;
      if (head.isLocked) locked += 1;
      if (head.hasKmsKey) encrypted += 1;
      if (mayHaveAcl({ acl }) && (await readOwnAcl(storage, from, signal)) === "denied") closed += 1;
    },
    aFewAtOnce,
  );
  return [
    tags === "denied" &&
      `These credentials may not read and write tags (s3:GetObjectTagging, s3:PutObjectTagging), so ${all} would lose any tags.`,
    tags === "unknown" &&
      `The store gave no clear answer about tags, so ${all} would lose any tags that it does not let the console read and write.`,
    acl === "denied" &&
      `These credentials may not read and write ACLs (s3:GetObjectAcl, s3:PutObjectAcl), so ${all} would get the bucket's default ACL.`,
    acl === "unknown" &&
      `The store gave no clear answer about ACLs, so ${all} would get the bucket's default ACL where it does not let the console read and write their own.`,
    closed > 0 && `The ACL of ${some(closed)} cannot be read, so these would get the bucket's default ACL.`,
    locked > 0 &&
      `A retention or legal hold applies to ${some(locked)}. It stays on the version under the old key; the copy gets the bucket's default retention.`,
    encrypted > 0 &&
      `A KMS key encrypts ${some(encrypted)}. What moves is encrypted as the bucket encrypts by default.`,
    versions !== "off" && "Only current versions move. Older versions stay under the keys that they have now.",
  ].filter((sentence) => sentence !== false);
}

async function findRisk(
  storage: Storage,
  abilities: StoreAbilities,
  moves: FromTo[],
  signal: AbortSignal,
): Promise<string | null> {
  const window = windowOf(abilities);
  if (window === null) return null;
  const { why, cure } = window;
  const between = "in the moment between the console's look and its own write is replaced for good.";
  if (window.at === "every-key") {
    const one = moves.length === 1 ? "the key that the move goes to" : `one of the ${keys(moves.length)}`;
    return `${why} An object that someone else writes to ${one} ${between} ${cure}`;
  }
  let deleted = 0;
  await pMap(
    moves,
    async ({ to }) => {
      if ((await storage.versions(to, { signal }))[0]?.isMarker) deleted += 1;
    },
    aFewAtOnce,
  );
  if (deleted === 0) return null;
  return `${why} An object was deleted at ${keys(deleted)} that the moves go to. What someone else writes there ${between} ${cure}`;
}

const objects = (n: number) => (n === 1 ? "1 object" : `${count(n)} objects`);
const keys = (n: number) => (n === 1 ? "1 key" : `${count(n)} keys`);
