import type { Component, Frame } from "./frame";
import { type HuffmanCodes, type HuffmanTable, makeCodes, makeSteps } from "./huffman-codes";
import type { JpegDamage } from "./jpeg-verdict";
import type { Scan, Settings } from "./read-segments";
import { readFrom, type ScanReader, takeIn } from "./scan-reader";
import { standardTables } from "./standard-tables";
import {
  type History,
  makeHistory,
  walkAcFirst,
  walkAcRefinement,
  walkDcFirst,
  walkDcRefinement,
} from "./walk-progressive";
import { isRestart, walkScan } from "./walk-scan";
import { type BlockCodes, walkSequential } from "./walk-sequential";

/** What scans leave behind for those that follow. */
export type Scanned = {
  reader: ScanReader;
  codes: Map<HuffmanTable, HuffmanCodes | null>;
  histories: Map<Component, History>;
};

/** Walks over the data of a scan, from where the reader stands. Null: nothing is lost in it. */
export function judgeScan(scanned: Scanned, frame: Frame, scan: Scan, settings: Settings): JpegDamage | null {
  if (scan.parts.some(({ component }) => !settings.quantizationTables.has(component.quantization))) {
    return header("a quantization table is missing");
  }
  if (frame.coding === "arithmetic") passOver(scanned.reader);
  else {
    // A bit of each coefficient is missing where the scan that was to tell it is.
    if (frame.coding === "progressive" && !follows(scan)) return { loss: "detail" };
    const walk = walkOf(scanned, frame, scan, settings);
    if (!walk) return header("a Huffman table is missing or damaged");
    const mcus = mcusOf(frame, scan);
    const walked = walkScan(scanned.reader, walk, { mcus, restartInterval: settings.restartInterval });
    if (walked.loss) {
      if (frame.coding === "progressive" && (scan.from > 0 || scan.high > 0)) return { loss: "detail" };
      const share = walked.mcus === null ? null : shareBefore(frame, scan, walked.mcus / mcus);
      return { loss: walked.loss, after: share };
    }
  }
  for (const { component } of scan.parts) {
    if (frame.coding === "progressive") component.untold.fill(scan.low, scan.from, scan.to + 1);
    else component.untold[0] = 0;
  }
  return null;
}

const header = (what: string): JpegDamage => ({ loss: "header", what });

/** ITU T.81, A.2: a scan of one component has its blocks one by one, and none that only fill up an MCU. */
export const mcusOf = (frame: Frame, { parts }: Scan): number =>
  parts.length > 1 ? frame.mcus : (parts[0]?.component.blocks ?? 0);

const follows = ({ parts, from, to, high }: Scan): boolean =>
  high === 0 ||
  parts.every(({ component }) => component.untold.subarray(from, to + 1).every((untold) => untold === high));

function shareBefore(frame: Frame, { parts }: Scan, walked: number): number {
  const blocks = parts.reduce((sum, { component }) => sum + component.blocks, 0);
  return toldShare(frame) + (walked * blocks) / frame.blocks;
}

/** The share of blocks of which something is known. */
export function toldShare({ components, blocks }: Frame): number {
  const told = components.filter(({ untold }) => untold[0] !== -1);
  return told.reduce((sum, component) => sum + component.blocks, 0) / blocks;
}

/** Null where a table is missing, or is none. */
function walkOf(scanned: Scanned, { coding }: Frame, scan: Scan, settings: Settings) {
  const codesOf = (number: number, use: "dc" | "ac"): HuffmanCodes | null => {
    const name = use === "dc" ? number : 0x10 | number;
    const table = settings.huffmanTables.get(name) ?? (coding === "sequential" ? STANDARD_TABLES.get(name) : undefined);
    if (!table) return null;
    const codes = scanned.codes.get(table) ?? makeCodes(table, use);
    scanned.codes.set(table, codes);
    return codes;
  };
  if (coding === "sequential") return sequentialWalk(scan, codesOf);
  return progressiveWalk(scanned, scan, codesOf);
}

const STANDARD_TABLES = standardTables();

type CodesOf = (number: number, use: "dc" | "ac") => HuffmanCodes | null;
/** As often as the component has blocks in an MCU of this scan. */
const blocksInMcu = ({ parts }: Scan, { across, down }: Component) => (parts.length > 1 ? across * down : 1);

function sequentialWalk(scan: Scan, codesOf: CodesOf) {
  const blocks: BlockCodes[] = [];
  for (const { component, dcTable, acTable } of scan.parts) {
    const [dc, ac] = [codesOf(dcTable, "dc"), codesOf(acTable, "ac")];
    if (!dc || !ac) return null;
    const steps = blocks.find((block) => block.dc === dc && block.ac === ac)?.steps ?? makeSteps(dc, ac);
    for (let left = blocksInMcu(scan, component); left > 0; left--) blocks.push({ steps, dc, ac });
  }
  return (reader: ScanReader, mcus: number) => walkSequential(reader, blocks, mcus);
}

function progressiveWalk({ histories }: Scanned, scan: Scan, codesOf: CodesOf) {
  if (scan.from === 0) {
    if (scan.high > 0) {
      return walkDcRefinement(scan.parts.reduce((sum, { component }) => sum + blocksInMcu(scan, component), 0));
    }
    const blocks: HuffmanCodes[] = [];
    for (const { component, dcTable } of scan.parts) {
      const codes = codesOf(dcTable, "dc");
      if (!codes) return null;
      for (let left = blocksInMcu(scan, component); left > 0; left--) blocks.push(codes);
    }
    return walkDcFirst(blocks);
  }
  const [{ component, acTable } = { component: null, acTable: 0 }] = scan.parts;
  const codes = codesOf(acTable, "ac");
  if (!component || !codes) return null;
  let history = histories.get(component) ?? null;
  if (scan.high === 0 && scan.low === 0) return walkAcFirst(codes, scan, null);
  history ??= makeHistory(component.blocks);
  histories.set(component, history);
  return scan.high === 0 ? walkAcFirst(codes, scan, history) : walkAcRefinement(codes, scan, history);
}

/**
 * Nearly any bits are arithmetic codes (T.81, D.2), so nothing is found by reading them: such a picture is judged by its
 * markers alone.
 */
function passOver(reader: ScanReader): void {
  do {
    readFrom(reader, reader.at);
    do {
      reader.pos = reader.end;
      takeIn(reader);
    } while (reader.marker === 0);
  } while (isRestart(reader.marker));
}
