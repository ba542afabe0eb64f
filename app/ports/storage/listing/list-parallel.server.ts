import type { Storage, StoredObject } from "~/ports/storage/types";
import { compareKeys, keyBetween } from "./key-range";

/** Lists one page of `prefix` after a key, or where a token goes on; `next` is the next token, null after the last. */
export type ListAfter = (
  from: { startAfter: string | undefined; token: string | null; pageSize: number | undefined },
  signal: AbortSignal,
) => Promise<{ objects: StoredObject[]; next: string | null }>;

/** Keys after `after` up to and including `last` (null: to the prefix's end). */
type Range = {
  after: string | undefined;
  last: string | null;
  /** What goes on behind a page that held no key, and so nothing else to go on from. */
  token: string | null;
  /** Splits since the last page. Without a limit the ranges that end last would be asked for ever smaller halves. */
  splits: number;
  /** Keys of the next page; undefined: as many as there can be. */
  pageSize?: number | undefined;
};

const SPLITS_PER_PAGE = 1;

/**
 * Every object below a prefix (after one key, up to another) exactly once. A range of keys that turns out longer than a
 * page is halved for as long as requests are free, at a key between its ends that need not exist; an empty half costs one
 * request and halves the rest again. So folders, flat prefixes and lop-sided mixtures of both spread alike, with nothing
 * known of them beforehand.
 */
export async function* listParallel(
  listAfter: ListAfter,
  prefix: string,
  {
    after = null,
    last: end = null,
    firstPage,
    concurrency = 8,
    signal,
  }: NonNullable<Parameters<Storage["listParallel"]>[1]> = {},
): AsyncGenerator<StoredObject[]> {
  const stop = new AbortController();
  const ended = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const requests = new Map<Range, Promise<{ range: Range; objects: StoredObject[]; next: string | null }>>();
  const requestNextPage = (range: Range) => {
    const page = listAfter({ startAfter: range.after, token: range.token, pageSize: range.pageSize }, ended).then(
      (answer) => ({
        range,
        ...answer,
      }),
    );
    // It may fail while the consumer is busy with another page; the next race throws it.
    page.catch(() => undefined);
    requests.set(range, page);
  };
  try {
    requestNextPage({
      after: after ?? undefined,
      last: end,
      token: null,
      splits: SPLITS_PER_PAGE,
      pageSize: firstPage,
    });
    while (requests.size > 0) {
      const { range, objects, next } = await Promise.race(requests.values());
      const { last } = range;
      const own = last === null ? objects : objects.filter((object) => compareKeys(object.key, last) <= 0);
      const lastOwn = own.at(-1);
      requests.delete(range);
      if (next !== null && objects.length === 0) {
        // A page may be empty and not be the last: S3 walks over a versioned bucket's delete markers without showing them.
        Object.assign(range, { token: next, pageSize: undefined });
        requestNextPage(range);
      } else if (next !== null && lastOwn !== undefined && own.length === objects.length && lastOwn.key !== last) {
        Object.assign(range, { after: lastOwn.key, token: null, splits: 0, pageSize: undefined });
        requestNextPage(range);
      }
      while (requests.size < concurrency) {
        const half = splitOne([...requests.keys()], prefix);
        if (!half) break;
        requestNextPage(half);
      }
      if (own.length > 0) yield own;
    }
  } finally {
    stop.abort();
  }
}

/** Cuts the upper half off the range that was split least since its last page. */
function splitOne(ranges: Range[], prefix: string): Range | null {
  const known = ranges.filter((range) => range.after !== undefined && range.splits < SPLITS_PER_PAGE);
  for (const range of known.sort((a, b) => a.splits - b.splits)) {
    const middle = keyBetween(prefix, range.after ?? prefix, range.last);
    if (middle === null) continue;
    const half: Range = { after: middle, last: range.last, token: null, splits: SPLITS_PER_PAGE };
    range.last = middle;
    range.splits += 1;
    return half;
  }
  return null;
}
