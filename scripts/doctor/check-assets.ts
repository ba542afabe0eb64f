import { keysBelow, PRIVATE_PREFIXES } from "~/features/images/key-layout";
import { permanentAddress } from "~/features/images/permanent-address";
import { describeError } from "~/features/known-error";
import type { AbilityLine } from "~/features/storage/explain-abilities";
import { isStorageError } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import { bad, good } from "./check-services";

type Deps = Pick<Ports, "db" | "storage" | "settings">;

/** Small, so that reading it twice takes no time. */
const MOST_BYTES = 1_000_000;
const WITHIN_MS = 10_000;
const TRIED = 20;
const MEANS = "Permanent addresses that were given out do not work.";

/**
 * Whether the CDN of PUBLIC_ASSET_BASE_URL shows the bucket's pictures: one that is published, byte by byte, and none that is not. It
 * is the operator's own address, so any host may be asked.
 */
export async function checkAssets(ports: Deps): Promise<AbilityLine> {
  const { PUBLIC_ASSET_BASE_URL: base } = ports.settings;
  if (base === undefined) {
    const none = { name: "CDN", tried: "Look for PUBLIC_ASSET_BASE_URL" };
    const means = "Permanent addresses lead to the console, behind sign-in.";
    return { ...good(none, "None is set up"), means, tone: "info" };
  }
  const tried = { name: "CDN", tried: `Fetch an image through ${base}` };
  const [published, hidden] = await Promise.all([findSmall(ports, true), findSmall(ports, false)]);
  if (!published) {
    const does = "There is no image to fetch: the index has none that is published and small";
    return { ...good(tried, does), means: "Run this again when there is one.", tone: "info" };
  }
  try {
    const problem = (await judgePublished(ports, published)) ?? (hidden && (await judgeHidden(hidden, base)));
    if (!problem) return good(tried, `Shows ${quoteKey(published)} as it is in the bucket`);
    return bad(tried, problem.does, problem.means ?? MEANS, problem.todo);
  } catch (error) {
    if (!isStorageError(error)) throw error;
    return bad(tried, error.message, null, "Follow the sentence above, then run this again.");
  }
}

type Problem = { does: string; means?: string; todo: string } | null;

/** The newest small image that the CDN shall serve, or shall not, by its key. */
async function findSmall({ db, settings }: Deps, isForAll: boolean): Promise<string | null> {
  const isPrivate = { OR: PRIVATE_PREFIXES.map((prefix) => ({ key: keysBelow(prefix) })) };
  const found = await db.image.findMany({
    where: {
      ...{ goneAt: null, archivedAs: null, bytes: { gt: 0, lte: MOST_BYTES } },
      ...(isForAll ? { NOT: isPrivate } : isPrivate),
    },
    orderBy: { id: "desc" },
    select: { key: true },
    take: TRIED,
  });
  const keys = found.map(({ key }) => key);
  // There are keys that no path leads to.
  return keys.find((key) => !isForAll || permanentAddress(key, settings).servedBy === "cdn") ?? null;
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
      "Let the CDN read the bucket: on AWS apply terraform/ with cdn, on B2 make the bucket public or have the CDN sign. S3 says 403 of keys that are not there, too: look at the path of PUBLIC_ASSET_BASE_URL.";
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

async function judgeHidden(key: string, base: string): Promise<Problem> {
  const answer = await fetchSmall(`${base}/${key.split("/").map(encodeURIComponent).join("/")}`);
  if ("error" in answer || answer.status !== 200) return null;
  return {
    does: `Shows ${quoteKey(key)} to everyone`,
    means: "What is not published can be seen by whoever knows or guesses a key.",
    todo: `Have the CDN refuse ${PRIVATE_PREFIXES.join(", ")}: docs/operations.md shows how.`,
  };
}

type Answer = { status: number; location: string | null; body: Buffer | null } | { error: string; isTls: boolean };

/** Its body as far as it is a small one; null: it has more. */
async function fetchSmall(address: string): Promise<Answer> {
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(WITHIN_MS)]);
  try {
    const response = await fetch(address, { redirect: "manual", signal });
    const { status, headers, body } = response;
    const location = headers.get("Location");
    const parts: Uint8Array[] = [];
    let size = 0;
    const reader = body?.getReader();
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      size += part.value.byteLength;
      if (size > MOST_BYTES) return { status, location, body: null };
      parts.push(part.value);
    }
    return { status, location, body: Buffer.concat(parts) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { error: describeError(cause).error, isTls: isTlsError(cause) };
  } finally {
    ending.abort();
  }
}

/** As Node calls what OpenSSL refuses. */
const TLS = /^(?:ERR_(?:TLS|SSL)_|EPROTO$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

const isTlsError = (error: unknown): boolean =>
  error instanceof Error && "code" in error && TLS.test(String(error.code));
