import pMap from "p-map";
import { count, plural } from "~/features/format";
import { archivedLeftOut } from "~/features/images/archived";
import { foreseeMoves } from "~/features/images/move/foresee-moves.server";
import { CALLS_A_THUMBNAIL, fitsKey, whyStays } from "~/features/images/move/object-move";
import type { ItemHandler, PlannedItem } from "~/features/job-runs/kinds/handler";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { countRecords } from "~/features/owners/reassign/reassign-owner.sql.server";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { StoreAbilities } from "~/features/storage/abilities";
import { hiddenWords } from "~/features/storage/deleted-words";
import { callsAMove } from "~/features/storage/placing";
import { readAbilities } from "~/features/storage/read-abilities.server";
import type { Ports } from "~/ports/index.server";
import { type Candidate, countCandidates, readCandidates } from "./candidates.sql.server";
import { type ConversionSettings, formatNames, settingsWords } from "./conversion-format";
import { convertedKey, originalKey, originalsOf } from "./conversion-keys";
import type { Conversion } from "./convert-images";
import { tryConversion } from "./measure.server";
import { isOfSample } from "./sample";
import { createSavings } from "./savings";
import { whyNotWords } from "./why-not";

const PAGE = 200;
const AT_ONCE = 8;
const CONFLICTS_SHOWN = 20;
const SAMPLES = 6;

/** Looks, reads, and a put beside the two of a move: HEAD and GET before it, PUT, GET after it. */
const CALLS_A_CONVERSION = 5;

/**
 * One item an image, in the order of keys. What is measured is really converted, and left out where it would lose something or not
 * become smaller; of what is not, that is found when its turn comes.
 */
export const planConversion: ItemHandler<Conversion>["plan"] = async function* (ports, { runId, payload, signal }) {
  const { db, clock } = ports;
  const { selection, ...settings } = payload;
  const { format } = settings;
  const known = { now: clock.now(), ...(await loadLabelSchema()) };
  const reasons = await countCandidates(db, selection, known, format);
  const candidates = reasons.get("none") ?? 0;
  const savings = createSavings();
  const left = new Map<string, number>();
  const leave = (what: string) => left.set(what, (left.get(what) ?? 0) + 1);
  const taken = new Map<string, string>();
  const moves: { from: string; to: string }[] = [];
  const conflicts = { count: 0, sample: [] as string[] };
  const samples: number[] = [];
  let [seen, images, records, thumbnails, withIptc] = [0, 0, 0, 0, 0];

  const isMeasured = () => {
    seen += 1;
    return isOfSample(seen, candidates);
  };
  const read = (last: Candidate | undefined) =>
    readCandidates(db, selection, known, { format, after: last?.key, limit: PAGE });
  for await (const page of pagesByKey(PAGE, read)) {
    const looks = page.map((image) => ({ image, isMeasured: isMeasured() }));
    const measured = await pMap(looks, (look) => measure(ports, look, settings, signal), { concurrency: AT_ONCE });
    const kept = measured.filter(({ leftOut }) => leftOut === null);
    for (const { image, leftOut } of measured) {
      if (leftOut === null) continue;
      leave(leftOut);
      savings.leave(image.owner, image.bytes);
    }
    const wanted = kept.map(({ image }) => convertedKey(image.key, format));
    for (const key of await findTaken(ports, wanted, signal)) if (!taken.has(key)) taken.set(key, key);
    const chosen = kept.map(({ image }) => image.id);
    records += await countRecords(db, chosen);
    yield kept.map(({ image, becomes, hasIptc }): PlannedItem => {
      const move = { from: image.key, to: originalKey(runId, image.key) };
      const to = convertedKey(image.key, format);
      const conflict = conflictOf(image.key, to, move.to, taken);
      images += 1;
      if (conflict === null) {
        taken.set(to, image.key);
        moves.push(move);
        savings.add(image.owner, image.bytes, becomes);
        if (image.hasThumbnail) thumbnails += 1;
        if (hasIptc) withIptc += 1;
        if (samples.length < SAMPLES && becomes !== null) samples.push(image.id);
      } else {
        conflicts.count += 1;
        if (conflicts.sample.length < CONFLICTS_SHOWN) conflicts.sample.push(conflict);
      }
      return toItem(image, { key: to, becomes, conflict });
    });
  }
  const followers = [
    { what: "generation records", count: records },
    { what: "thumbnails", count: thumbnails },
  ];
  const { warnings = [], ...foreseen } = await foreseeMoves(ports, moves, signal);
  const abilities = moves.length > 0 ? await readAbilities(ports, signal) : null;
  const calls = abilities ? moves.length * (CALLS_A_CONVERSION + callsAMove(abilities)) : 0;
  const staysBehind = abilities && whatStaysBehind(settings, { runId, iptc: iptcOf(withIptc, savings), abilities });
  return {
    images,
    samples,
    leftOut: [
      ...leftByRow(reasons, settings),
      ...Array.from(left, ([what, count]) => ({
        what: savings.isSample() ? `${what} (of those measured)` : what,
        count,
      })),
    ].filter(({ count }) => count > 0),
    facts: [{ label: "To", value: settingsWords(settings) }, ...savings.facts()],
    followers: followers.filter(({ count }) => count > 0),
    bytes: savings.total(),
    s3Calls: calls + CALLS_A_THUMBNAIL * thumbnails,
    ...(conflicts.count > 0 && { conflicts }),
    ...foreseen,
    warnings: [...warnings, ...(staysBehind ?? [])],
  };
};

type Look = { image: Candidate; isMeasured: boolean };
/** `becomes`: its bytes then, where they were measured; `leftOut`: why it is none of the plan's. */
type Measured = { image: Candidate; becomes: number | null; hasIptc: boolean; leftOut: string | null };

async function measure(
  ports: Ports,
  { image, isMeasured }: Look,
  settings: ConversionSettings,
  signal: AbortSignal,
): Promise<Measured> {
  const found = (becomes: number | null, leftOut: string | null = null) => ({
    image,
    becomes,
    hasIptc: false,
    leftOut,
  });
  if (!isMeasured) return found(null);
  const tried = await tryConversion(ports, image, settings, signal);
  if ("whyNot" in tried) return found(null, whyNotWords[tried.whyNot].many);
  // What S3 says now says nothing of later.
  if ("outcome" in tried) return found(null);
  return tried.ok ? { ...found(tried.body.length), hasIptc: tried.hasIptc } : found(null, "Cannot be read");
}

async function findTaken({ storage }: Ports, keys: string[], signal: AbortSignal): Promise<string[]> {
  const heads = await pMap(keys, (key) => storage.head(key, { signal }), { concurrency: 2 * AT_ONCE });
  return keys.filter((_, at) => heads[at] !== null);
}

function conflictOf(from: string, to: string, original: string, taken: ReadonlyMap<string, string>): string | null {
  const there = taken.get(to);
  if (there === to) return whyStays.taken(from, to);
  if (there !== undefined) return whyStays.shared(there, from, to);
  return fitsKey(original) && fitsKey(to) ? null : whyStays.keyTooLong(from, original);
}

function toItem(
  { id, key, etag, bytes }: Candidate,
  target: { key: string; becomes: number | null; conflict: string | null },
): PlannedItem {
  return {
    subject: String(id),
    label: key,
    before: { key, etag, bytes },
    target: {
      key: target.key,
      ...(target.becomes !== null && { bytes: target.becomes }),
      ...(target.conflict !== null && { conflict: target.conflict }),
    },
    etag,
  };
}

/** What rows tell without a look at the bytes. */
function leftByRow(reasons: Awaited<ReturnType<typeof countCandidates>>, { format }: ConversionSettings) {
  const of = (reason: Parameters<typeof reasons.get>[0]) => reasons.get(reason) ?? 0;
  return [
    { what: `Are ${formatNames[format]} already`, count: of("same-format") },
    { what: "Are examples of a prompt, which names them by their bytes", count: of("example") },
    { what: "Cannot be read", count: of("unreadable") },
    { what: "Have more than 128 MiB", count: of("too-heavy") },
    { what: "Are gone", count: of("gone") },
    ...archivedLeftOut(of("archived")),
  ];
}

/** Of how many images IPTC stays behind, in words; null: of none that was measured. */
function iptcOf(images: number, savings: ReturnType<typeof createSavings>): string | null {
  if (images === 0) return null;
  return savings.isSample()
    ? `${count(images)} of ${count(savings.measured())} images measured`
    : plural(images, "image");
}

function whatStaysBehind(
  { format }: ConversionSettings,
  { runId, iptc, abilities }: { runId: number; iptc: string | null; abilities: StoreAbilities },
): string[] {
  const hidden = hiddenWords(abilities.versions);
  return [
    `${formatNames[format]} as it is written here loses detail that is hard to see. Look at the samples side by side.`,
    "Color profile, EXIF and XMP go along. Text of a PNG (some tools keep the prompt there) and content credentials stay with the originals.",
    ...(iptc === null ? [] : [`IPTC (captions, credits, keywords) of ${iptc} stays with the originals alone.`]),
    `The originals are kept below ${originalsOf(runId)} until someone removes them, so the bucket grows at first.`,
    ...(hidden === null ? [] : [hidden]),
  ];
}
