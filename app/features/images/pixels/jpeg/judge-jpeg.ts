import { type Frame, readFrame } from "./frame";
import type { JpegVerdict } from "./jpeg-verdict";
import { judgeScan, mcusOf, type Scanned, toldShare } from "./judge-scan";
import {
  readHuffmanTables,
  readQuantizationTables,
  readRestartInterval,
  readScan,
  type Settings,
} from "./read-segments";
import { END_OF_FILE, openReader, readFrom } from "./scan-reader";
import { END_OF_IMAGE, isRestart } from "./walk-scan";

/** Encoders write about ten; libjpeg-turbo's own tools take 500 for an attack. */
const MOST_SCANS = 500;
/** Blocks times scans. 100 megapixels with four colors at full size take 38 million in libjpeg's own ten scans. */
const MOST_VISITS = 100_000_000;

const START_OF_IMAGE = 0xd8;
const START_OF_SCAN = 0xda;

type Judged = {
  bytes: Uint8Array;
  settings: Settings;
  scanned: Scanned;
  frame: Frame | null;
  /** Scans that were whole. */
  scans: number;
  visits: number;
};

/**
 * Whether a JPEG is whole, told from its bytes: markers (ITU T.81, annex B) and entropy-coded data are walked over, values
 * are not decoded. It judges by what is lost of the picture, as a browser shows it. No damage is what costs nothing: stray
 * bytes between segments, padding, versions and transforms that nobody knows, scan parameters that contradict a sequential
 * picture, a missing end once all is told, anything behind it.
 *
 * Never throws. Time and memory are bounded whatever the bytes are; a photo takes about 6 ms a megabyte.
 */
export function judgeJpeg(bytes: Uint8Array): JpegVerdict {
  if (bytes[0] !== 0xff || bytes[1] !== START_OF_IMAGE) return { kind: "no-jpeg" };
  const judged: Judged = {
    bytes,
    settings: { huffmanTables: new Map(), quantizationTables: new Set(), restartInterval: 0 },
    scanned: { reader: openReader(bytes), codes: new Map(), histories: new Map() },
    frame: null,
    scans: 0,
    visits: 0,
  };
  let met = nextMarker(bytes, 2);
  for (;;) {
    const { marker, at } = met;
    if (marker === END_OF_IMAGE || marker === END_OF_FILE) return judgeEnd(judged, marker);
    if (standsAlone(marker)) met = nextMarker(bytes, at);
    else {
      const segment = segmentAt(bytes, at);
      if (!segment) return judgeEnd(judged, END_OF_FILE);
      const verdict = judgeSegment(judged, marker, segment);
      if (verdict) return verdict;
      met = marker === START_OF_SCAN ? { ...judged.scanned.reader } : nextMarker(bytes, at + 2 + segment.length);
    }
  }
}

/** The next marker at or behind a place, and where it ends. What lies before it, fill bytes or others, is passed over. */
function nextMarker(bytes: Uint8Array, from: number): { marker: number; at: number } {
  let at = from;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) return { marker: END_OF_FILE, at: bytes.length };
    while (bytes[at] === 0xff) at++;
    const marker = bytes[at++] ?? END_OF_FILE;
    if (marker !== 0) return { marker, at };
  }
}

/** T.81, B.1.1.3: restart markers and TEM have no segment. */
const standsAlone = (marker: number) => isRestart(marker) || marker === 0x01;

/** What follows a segment's length, which counts itself; null where the file ends before. */
function segmentAt(bytes: Uint8Array, at: number): Uint8Array | null {
  const length = (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
  const end = at + Math.max(2, length);
  return end > bytes.length ? null : bytes.subarray(at + 2, end);
}

/** Null: go on behind it. Which markers are skipped and which stop a decoder is libjpeg's choice (read_markers). */
function judgeSegment(judged: Judged, marker: number, segment: Uint8Array): JpegVerdict | null {
  const { settings } = judged;
  if (marker === START_OF_SCAN) return judgeScanAt(judged, segment);
  if (marker === 0xc4) return asVerdict(judged, readHuffmanTables(segment, settings));
  if (marker === 0xdb) return asVerdict(judged, readQuantizationTables(segment, settings));
  if (marker === 0xdd) return asVerdict(judged, readRestartInterval(segment, settings));
  if (isFrame(marker)) {
    if (judged.frame) return asVerdict(judged, "a second frame header");
    const frame = readFrame(marker, segment);
    if (frame.kind === "unsupported") return frame;
    if (frame.kind === "broken") return asVerdict(judged, frame.what);
    judged.frame = frame;
    return null;
  }
  return isSkipped(marker) ? null : asVerdict(judged, "a marker that no JPEG has");
}

/** SOFn and the header of a hierarchical JPEG. */
const isFrame = (marker: number) => (marker >= 0xc0 && marker <= 0xcf && marker !== 0xcc) || marker === 0xde;
/** APPn, COM, DAC, DNL. */
const isSkipped = (marker: number) => (marker & 0xf0) === 0xe0 || [0xfe, 0xcc, 0xdc].includes(marker);

function judgeScanAt(judged: Judged, segment: Uint8Array): JpegVerdict | null {
  const { bytes, frame, scanned, settings } = judged;
  if (!frame) return asVerdict(judged, "a scan before its frame header");
  const scan = readScan(segment, frame);
  if (typeof scan === "string") return asVerdict(judged, scan);
  judged.visits += mcusOf(frame, scan) * scan.parts.length;
  if (judged.scans >= MOST_SCANS || judged.visits > MOST_VISITS) {
    return { kind: "unsupported", what: "a JPEG of more scans than are read here" };
  }
  readFrom(scanned.reader, segment.byteOffset - bytes.byteOffset + segment.length);
  const damage = judgeScan(scanned, frame, scan, settings);
  if (damage) return damage.loss === "header" ? asVerdict(judged, damage.what) : { kind: "damaged", ...damage };
  judged.scans++;
  return isTold(frame) ? { kind: "whole" } : null;
}

/** Nothing is left to be told, whatever follows. Of an arithmetic picture that is not known before its end. */
function isTold({ coding, components }: Frame): boolean {
  if (coding === "arithmetic") return false;
  return components.every(({ untold }) =>
    coding === "progressive" ? untold.every((bits) => bits === 0) : untold[0] === 0,
  );
}

/** At the end that a file states, what it holds is what was meant; at one that it does not state, something is missing. */
function judgeEnd({ frame, scans }: Judged, end: number): JpegVerdict {
  if (!frame || scans === 0) return { kind: "damaged", loss: "ends", after: 0 };
  const told = toldShare(frame);
  if (end === END_OF_IMAGE) return told === 1 ? { kind: "whole" } : { kind: "damaged", loss: "component" };
  if (frame.coding === "progressive" && told === 1) return { kind: "damaged", loss: "detail" };
  return { kind: "damaged", loss: "ends", after: frame.coding === "arithmetic" ? null : told };
}

/** Between scans it is no header any more that a fault is in. */
function asVerdict({ scans }: Judged, what: string | null): JpegVerdict | null {
  if (what === null) return null;
  return scans > 0 ? { kind: "damaged", loss: "breaks", after: null } : { kind: "damaged", loss: "header", what };
}
