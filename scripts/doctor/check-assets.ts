import { keysBelow, PRIVATE_PREFIXES } from "~/features/images/key-layout";
import { pathOfKey, permanentAddress } from "~/features/images/permanent-address";
import type { AbilityLine } from "~/features/storage/explain-abilities";
import { isStorageError } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";
import type { StoredObject } from "~/ports/storage/types";
import { quoteKey } from "~/quote";
import { bad, good } from "./check-services";
import { type Answer, fetchSmall, MOST_BYTES } from "./fetch-small";

type Deps = Pick<Ports, "db" | "storage" | "settings">;

const TRIED = 20;
const MEANS = "Permanent addresses that were given out do not work.";

/**
 * Whether the CDN of PUBLIC_ASSET_BASE_URL shows the bucket's pictures: one that is published, byte by byte, and nothing of any prefix
 * that is private, also where nothing is published yet. It is the operator's own address, so any host may be asked.
 */
export async function checkAssets(ports: Deps): Promise<AbilityLine> {
  const { PUBLIC_ASSET_BASE_URL: base } = ports.settings;
  if (base === undefined) {
    const none = { name: "CDN", tried: "Look for PUBLIC_ASSET_BASE_URL" };
    const means = "Permanent addresses lead to the console, behind sign-in.";
    return { ...good(none, "None is set up"), means, tone: "info" };
  }
  const tried = { name: "CDN", tried: `Fetch an image through ${base}` };
  try {
    const published = await findPublished(ports);
    const problem =
      (published === null ? null : await judgePublished(ports, published)) ?? (await judgePrivate(ports, base));
    if (problem) return bad(tried, problem.does, problem.means ?? MEANS, problem.todo);
    if (published !== null) return good(tried, `Shows ${quoteKey(published)} as it is in the bucket`);
    const does = "There is no image to fetch: the index has none that is published and small";
    return { ...good(tried, does), means: "Run this again when there is one.", tone: "info" };
  } catch (error) {
    if (!isStorageError(error)) throw error;
    return bad(tried, error.message, null, "Follow the sentence above, then run this again.");
  }
}

type Problem = { does: string; means?: string; todo: string } | null;

/** The newest small image that the CDN shall serve, by its key. */
async function findPublished({ db, settings }: Deps): Promise<string | null> {
  const found = await db.image.findMany({
    where: {
      ...{ goneAt: null, archivedAs: null, bytes: { gt: 0, lte: MOST_BYTES } },
      NOT: { OR: PRIVATE_PREFIXES.map((prefix) => ({ key: keysBelow(prefix) })) },
    },
    orderBy: { id: "desc" },
    select: { key: true },
    take: TRIED,
  });
  const keys = found.map(({ key }) => key);
  return keys.find((key) => permanentAddress(key, settings).servedBy === "cdn") ?? null;
}

async function judgePublished({ storage, settings }: Deps, key: string): Promise<Problem> {
  const { body } = await storage.get(key, { maxBytes: MOST_BYTES });
  const answer = await fetchSmall(permanentAddress(key, settings).address);
  if ("error" in answer) {
    return answer.isTls
      ? {
          does: `Speaks no TLS that browsers trust (${answer.error})`,
          todo: "Give the CDN a certificate for the host name of PUBLIC_ASSET_BASE_URL.",
        }
      : {
          does: `Does not answer (${answer.error})`,
          todo: "Look at PUBLIC_ASSET_BASE_URL, at its name in DNS, and at the way there from this machine.",
        };
  }
  const { status, location } = answer;
  const does = `Answers ${quoteKey(key)} with status ${status}`;
  if (status >= 300 && status < 400) {
    return {
      does: `${does}, to ${location ?? "nowhere"}`,
      todo: "Set PUBLIC_ASSET_BASE_URL to where pictures are served.",
    };
  }
  if (status === 401 || status === 403) {
    const todo =
      "Let the CDN read the bucket: on AWS apply terraform/ with cdn, on B2 have the CDN sign what it asks for. A key that is not there is answered by 403, too: look at the path of PUBLIC_ASSET_BASE_URL.";
    return { does, todo };
  }
  if (status === 404) {
    return { does, todo: "Look at the path of PUBLIC_ASSET_BASE_URL, and at the bucket that the CDN reads." };
  }
  if (status !== 200) return { does, todo: "Look at the CDN, then run this again." };
  if (answer.body?.equals(body)) return null;
  return {
    does: `Answers ${quoteKey(key)} with other bytes than the bucket has`,
    todo: "Look at the bucket that the CDN reads. Let it convert or shrink no pictures, and purge what it keeps.",
  };
}

async function judgePrivate({ storage }: Deps, base: string): Promise<Problem> {
  const tried = await Promise.all(PRIVATE_PREFIXES.map((prefix) => findShown(storage, prefix, base)));
  const shown = tried.filter((key) => key !== null).toSorted();
  if (shown.length === 0) return null;
  return {
    does: `Shows ${shown.map(quoteKey).join(", ")} to everyone`,
    means: "What is not published can be seen by whoever knows or guesses a key.",
    todo: `Have the CDN refuse ${PRIVATE_PREFIXES.join(", ")}: docs/operations.md shows how.`,
  };
}

/** The key of the first object below a prefix to which a path leads, if the CDN shows just that object. */
async function findShown(storage: Deps["storage"], prefix: string, base: string): Promise<string | null> {
  for await (const { objects } of storage.list({ prefix, pageSize: TRIED })) {
    const object = objects.find(({ key, bytes }) => bytes > 0 && pathOfKey(key) !== null);
    if (!object) return null;
    const answer = await fetchSmall(`${base}/${pathOfKey(object.key)}`);
    if ("error" in answer || answer.status !== 200) return null;
    return (await hasSent(storage, object, answer)) ? object.key : null;
  }
  return null;
}

/** Whether an answer is the object, by its bytes, or where there are too many by the length and ETag that it tells: a CDN may say 200 to refuse. */
async function hasSent(storage: Deps["storage"], object: StoredObject, answer: Answer): Promise<boolean> {
  const { key, bytes, etag, isArchived } = object;
  if (answer.body !== null && answer.body.length !== bytes) return false;
  if (answer.body !== null && !isArchived) return answer.body.equals((await storage.get(key)).body);
  const told = [answer.bytes === null || answer.bytes === bytes, answer.etag === null || answer.etag === etag];
  return (answer.bytes !== null || answer.etag !== null) && told.every(Boolean);
}
