import { END_OF_FILE, readFrom, type ScanReader, takeIn } from "./scan-reader";

/** How far a scan's data goes: whole, or the MCUs before it ends or breaks; null where the place cannot be told. */
export type Walked = { loss: null } | { loss: "ends" | "breaks"; mcus: number | null };

export const END_OF_IMAGE = 0xd9;
const FIRST_RESTART = 0xd0;
export const isRestart = (marker: number) => marker >= FIRST_RESTART && marker < FIRST_RESTART + 8;

/**
 * Walks over a scan's data, from restart marker to restart marker (ITU T.81, E.2.4). `walk` takes a number of MCUs and
 * returns how many of them are whole. Afterwards the reader stands behind the marker that the scan's data ends at.
 */
export function walkScan(
  reader: ScanReader,
  walk: (reader: ScanReader, mcus: number) => number,
  { mcus, restartInterval }: { mcus: number; restartInterval: number },
): Walked {
  let expected = 0;
  for (let walked = 0; ; expected = (expected + 1) & 7) {
    const wanted = restartInterval > 0 ? Math.min(restartInterval, mcus - walked) : mcus;
    const found = walk(reader, wanted);
    walked += found;
    if (found < wanted) return { loss: isAtEnd(reader) ? "ends" : "breaks", mcus: walked };
    const { isPadding } = skipToMarker(reader);
    if (!isPadding) return { loss: "breaks", mcus: restartInterval > 0 ? walked - found : null };
    if (walked === mcus) return { loss: null };
    const loss = restart(reader, expected);
    if (loss) return { loss, mcus: walked };
  }
}

/** True where data is missing because the scan or the file ends, and not because something stands in its place. */
const isAtEnd = ({ marker, pos, end }: ScanReader) =>
  (marker === END_OF_FILE || marker === END_OF_IMAGE) && pos + 16 > end;

/**
 * Takes the restart marker that the reader has met, as libjpeg does (jpeg_resync_to_restart): one that is far from the
 * expected number counts as it, one that was due before is passed over with its data, and one that is due next means that
 * data is missing.
 */
function restart(reader: ScanReader, expected: number): "ends" | "breaks" | null {
  for (;;) {
    const { marker } = reader;
    if (marker === END_OF_FILE || marker === END_OF_IMAGE) return "ends";
    const isOther = marker >= 0xc0 && !isRestart(marker);
    const ahead = (marker - FIRST_RESTART - expected) & 7;
    if (isOther || (isRestart(marker) && (ahead === 1 || ahead === 2))) return "breaks";
    readFrom(reader, reader.at);
    if (isRestart(marker) && ahead < 6) return null;
    skipToMarker(reader);
  }
}

/** More bytes of any kind than these are no rounding up to a word of some encoder, but data that nothing asked for. */
const STRAY_BYTES = 3;
/** A fill that began this many bytes before the data was over is no padding: it lies over the picture. */
const OVERLAP = 4;

/**
 * Passes over what lies between the last MCU and the next marker. An encoder pads with one byte over and over, or with very
 * few of any kind. More than that means that MCUs took less data than was written for them: part of it is damaged, even
 * if each code was in its table.
 */
function skipToMarker(reader: ScanReader): { isPadding: boolean } {
  const { held } = reader;
  let from = (reader.pos + 7) >>> 3;
  const fill = held[from] ?? 0;
  const before = held.subarray(Math.max(0, from - OVERLAP), from);
  const isOverlap = before.length === OVERLAP && before.every((byte) => byte === fill);
  let length = 0;
  let isUniform = true;
  for (;;) {
    const to = reader.end >>> 3;
    length += Math.max(0, to - from);
    for (let at = from; at < to && isUniform; at++) isUniform = held[at] === fill;
    if (reader.marker !== 0) break;
    reader.pos = reader.end;
    takeIn(reader);
    from = 0;
  }
  return { isPadding: length <= STRAY_BYTES || (isUniform && !isOverlap) };
}
