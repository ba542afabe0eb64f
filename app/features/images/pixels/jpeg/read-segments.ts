import type { Component, Frame } from "./frame";
import type { HuffmanTable } from "./huffman-codes";

/** What the segments before a scan said. Tables stand by `class << 4 | number`. */
export type Settings = {
  huffmanTables: Map<number, HuffmanTable>;
  quantizationTables: Set<number>;
  /** MCUs between two restart markers; 0: there are none. */
  restartInterval: number;
};

/** `from` to `to` is the band of coefficients, `high` and `low` the bits that were told and will be (T.81, B.2.3). */
export type Scan = {
  parts: { component: Component; dcTable: number; acTable: number }[];
  from: number;
  to: number;
  high: number;
  low: number;
};

/** Each reads a segment without its marker and length, and says what is wrong with it, if something is. */
type Fault = string | null;

/** T.81, B.2.4.2. */
export function readHuffmanTables(segment: Uint8Array, { huffmanTables }: Settings): Fault {
  let at = 0;
  while (at < segment.length) {
    const name = segment[at] ?? 0;
    const counts = segment.subarray(at + 1, at + 17);
    const symbolCount = counts.reduce((sum, count) => sum + count, 0);
    at += 17 + symbolCount;
    if (counts.length < 16 || at > segment.length || symbolCount > 256) return "a Huffman table is cut";
    if ((name & 0xef) > 3) return "a Huffman table has an unknown number";
    huffmanTables.set(name, { counts, symbols: segment.subarray(at - symbolCount, at) });
  }
  return null;
}

/** T.81, B.2.4.1. Only whether a table is there matters, not what it says. */
export function readQuantizationTables(segment: Uint8Array, { quantizationTables }: Settings): Fault {
  let at = 0;
  while (at < segment.length) {
    const name = segment[at] ?? 0;
    at += 1 + (name >>> 4 === 0 ? 64 : 128);
    if (at > segment.length) return "a quantization table is cut";
    if ((name & 15) > 3) return "a quantization table has an unknown number";
    quantizationTables.add(name & 15);
  }
  return null;
}

/** T.81, B.2.4.4. */
export function readRestartInterval(segment: Uint8Array, settings: Settings): Fault {
  if (segment.length !== 2) return "its restart interval has another length than 2";
  settings.restartInterval = (segment[0] ?? 0) * 256 + (segment[1] ?? 0);
  return null;
}

/** T.81, B.2.3. The parameters of a sequential scan are not looked at: some phones write zeros there, and all is told anyway. */
export function readScan(segment: Uint8Array, { components, coding }: Frame): Scan | string {
  const count = segment[0] ?? 0;
  if (count < 1 || count > 4 || segment.length !== 4 + 2 * count)
    return "a scan's header has another length than its kind";
  const parts: Scan["parts"] = [];
  for (let at = 1; at <= 2 * count; at += 2) {
    const component = components.find(
      ({ id }, number) => id === segment[at] && !parts.some((part) => part.component === components[number]),
    );
    if (!component) return "a scan is of a color that the picture does not have";
    const tables = segment[at + 1] ?? 0;
    parts.push({ component, dcTable: tables >>> 4, acTable: tables & 15 });
  }
  const [from = 0, to = 0, bits = 0] = segment.subarray(-3);
  const scan = { parts, from, to, high: bits >>> 4, low: bits & 15 };
  const blocksInMcu = parts.reduce((sum, { component }) => sum + component.across * component.down, 0);
  if (count > 1 && blocksInMcu > 10) return "a scan has more than 10 blocks at one place";
  if (coding === "progressive" && !isProgression(scan)) return "a scan's parameters contradict each other";
  return scan;
}

/** As libjpeg's start_pass_phuff_decoder: T.81, G.1.1.1. */
function isProgression({ parts, from, to, high, low }: Scan): boolean {
  const isBand = from === 0 ? to === 0 : from <= to && to < 64 && parts.length === 1;
  return isBand && low <= 13 && (high === 0 || low === high - 1);
}
