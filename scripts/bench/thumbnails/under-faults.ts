import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import type { Ports } from "~/ports/index.server";
import { signIn } from "../../dev/browser/check-pages";
import { openBrowser } from "../../dev/browser/http-browser";
import type { Fault } from "../../dev/s3/manners/faults";
import type { LocalS3 } from "../../dev/s3/start-s3";
import { percentile } from "../images/percentile";

type Bed = { ports: Ports; s3: LocalS3; url: string; keys: string[] };

const LOOK_EVERY_MS = 200;

/**
 * A run over pictures that have their thumbnails already, while a tenth of the GETs and of the PUTs is answered 503 at
 * first, a hundredth of the pictures is cut on its way, and someone looks at the pages all the time.
 * @returns how many pictures failed, were put twice, or have other bytes than before; and the pages' p95 in ms
 */
export async function underFaults({ ports, s3, url, keys }: Bed, backfill: () => Promise<{ succeeded: number }>) {
  const before = await readThumbnails(ports, keys);
  const browser = openBrowser();
  await signIn(browser, url, "mina@diffs.studio");
  const alone = await looksAt(browser, url, sleep(10_000));
  const faults = faultsFor(keys);
  s3.setFaults(faults);
  s3.requests.reset();
  const running = backfill();
  const beside = await looksAt(browser, url, running);
  const { succeeded } = await running;
  s3.setFaults([]);
  const puts = new Map<string, number>();
  const refused = { get: 0, put: 0 };
  for (const { operation, key, status } of s3.requests.recent()) {
    if (status === 503) refused[operation === "PutObject" ? "put" : "get"] += 1;
    if (operation === "PutObject" && status === 200) puts.set(key, (puts.get(key) ?? 0) + 1);
  }
  if (s3.requests.count() > s3.requests.recent().length) throw new Error("More was asked of S3 than its log keeps.");
  const isMet = refused.get + refused.put === faults.filter((fault) => "status" in fault).length;
  if (!isMet || puts.size !== keys.length) throw new Error("Not every fault was met, or not every thumbnail was put.");
  const after = await readThumbnails(ports, keys);
  return {
    refused,
    failed: keys.length - succeeded,
    twice: [...puts.values()].filter((times) => times > 1).length,
    different: keys.filter((key) => before.get(key) !== after.get(key)).length,
    pagesP95Ms: { alone: percentile(alone, 0.95, 0), beside: percentile(beside, 0.95, 0), looks: beside.length },
  };
}

/** Of ten keys one has its GET refused once, another its PUT; of a hundred one is cut once. */
function faultsFor(keys: string[]): Fault[] {
  const only = (key: string) => ({ keyPattern: `^${key.replaceAll(".", "\\.")}$`, times: 1 });
  return keys.flatMap((key, at): Fault[] => {
    if (at % 100 === 7) return [{ operation: "GetObject", ...only(key), cutBody: true }];
    if (at % 10 === 3) return [{ operation: "GetObject", ...only(key), status: 503, code: "SlowDown" }];
    if (at % 10 === 5) return [{ operation: "PutObject", ...only(thumbnailKey(key)), status: 503, code: "SlowDown" }];
    return [];
  });
}

/** The SHA-256 of each thumbnail, by its image's key. */
async function readThumbnails({ storage }: Ports, keys: string[]): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const key of keys) {
    const { body } = await storage.get(thumbnailKey(key));
    hashes.set(key, createHash("sha256").update(body).digest("hex"));
  }
  return hashes;
}

/** Opens pages in turn until something is over. @returns the ms that each took */
async function looksAt(
  browser: ReturnType<typeof openBrowser>,
  url: string,
  over: Promise<unknown>,
): Promise<number[]> {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  void over.then(end, end);
  const times: number[] = [];
  for (let at = 0; !isOver; at++) {
    const startedAt = performance.now();
    await (await browser.get(`${url}${["/", "/images", "/job-runs"][at % 3]}`)).arrayBuffer();
    times.push(performance.now() - startedAt);
    await sleep(LOOK_EVERY_MS);
  }
  return times;
}
