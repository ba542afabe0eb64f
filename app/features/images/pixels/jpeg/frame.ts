/** A color of the picture, in blocks of 8 × 8 samples. */
export type Component = {
  id: number;
  /** Sampling factors, 1 to 4. */
  across: number;
  down: number;
  quantization: number;
  /** Of the picture alone, without what fills up an MCU at its edges. */
  blocks: number;
  /**
   * For each coefficient how many of its low bits were not told yet; -1 while nothing was. Of a sequential picture, which
   * tells a block at once, the first counts.
   */
  untold: Int8Array;
};

export type Frame = {
  coding: "sequential" | "progressive" | "arithmetic";
  components: Component[];
  /** Of an interleaved scan. */
  mcus: number;
  /** Sum over all components. */
  blocks: number;
};

/** libjpeg's own limit (JPEG_MAX_DIMENSION). */
const LONGEST_EDGE = 65_500;
/**
 * Of all components; 100 megapixels with four colors have 6.3 million. A progressive picture's coefficients that are known
 * not to be zero take a bit each, 8 bytes a block, so at most 64 MB.
 */
const MOST_BLOCKS = 8_000_000;

/** The kinds of ITU T.81, table B.1, that no common decoder reads. */
const UNREAD_KINDS = new Map([
  [0xc3, "a lossless JPEG"],
  [0xc5, "a hierarchical JPEG"],
  [0xc6, "a hierarchical JPEG"],
  [0xc7, "a hierarchical JPEG"],
  [0xc8, "a JPEG of a kind yet to come (JPG)"],
  [0xcb, "a lossless JPEG"],
  [0xcd, "a hierarchical JPEG"],
  [0xce, "a hierarchical JPEG"],
  [0xcf, "a hierarchical JPEG"],
  [0xde, "a hierarchical JPEG"],
]);

type NoFrame = { kind: "unsupported"; what: string } | { kind: "broken"; what: string };

/** Reads a frame header (T.81, B.2.2) without its marker and length; `marker` is the second byte of the former. */
export function readFrame(marker: number, segment: Uint8Array): ({ kind: "frame" } & Frame) | NoFrame {
  const unread = UNREAD_KINDS.get(marker);
  if (unread) return { kind: "unsupported", what: unread };
  const [bitDepth = 0, high = 0, low = 0, wide = 0, narrow = 0, count = 0] = segment;
  const height = high * 256 + low;
  const width = wide * 256 + narrow;
  if (segment.length !== 6 + 3 * count || count === 0)
    return broken("its frame header has another length than its kind");
  if (bitDepth !== 8) return { kind: "unsupported", what: `a JPEG of ${bitDepth} bits a color` };
  if (width === 0) return broken("a width of 0 px");
  if (height === 0) return { kind: "unsupported", what: "a JPEG that tells its height behind the picture" };
  if (Math.max(width, height) > LONGEST_EDGE) {
    return { kind: "unsupported", what: "a JPEG of more than 65,500 px an edge" };
  }
  return laidOut(codingOf(marker), width, height, segment.subarray(6));
}

const broken = (what: string) => ({ kind: "broken", what }) as const;

function codingOf(marker: number): Frame["coding"] {
  if (marker === 0xc2) return "progressive";
  return marker === 0xc0 || marker === 0xc1 ? "sequential" : "arithmetic";
}

/** T.81, A.1.1 and A.2: how many blocks each component has, and how many MCUs an interleaved scan. */
function laidOut(
  coding: Frame["coding"],
  width: number,
  height: number,
  specs: Uint8Array,
): ({ kind: "frame" } & Frame) | NoFrame {
  const components: Component[] = [];
  for (let at = 0; at < specs.length; at += 3) {
    const [id = 0, sampling = 0, quantization = 0] = specs.subarray(at, at + 3);
    const [across, down] = [sampling >>> 4, sampling & 15];
    if (!isFactor(across) || !isFactor(down)) return broken("a sampling factor is not 1 to 4");
    components.push({ id, across, down, quantization, blocks: 0, untold: new Int8Array(64).fill(-1) });
  }
  const across = Math.max(...components.map((component) => component.across));
  const down = Math.max(...components.map((component) => component.down));
  for (const component of components) {
    // libjpeg enlarges a component by whole factors only.
    if (across % component.across > 0 || down % component.down > 0) {
      return { kind: "unsupported", what: "a JPEG whose colors have sizes of no whole ratio" };
    }
    component.blocks =
      Math.ceil((width * component.across) / (8 * across)) * Math.ceil((height * component.down) / (8 * down));
  }
  const blocks = components.reduce((sum, component) => sum + component.blocks, 0);
  if (blocks > MOST_BLOCKS) return { kind: "unsupported", what: "a JPEG of more pixels than are read here" };
  const mcus = Math.ceil(width / (8 * across)) * Math.ceil(height / (8 * down));
  return { kind: "frame", coding, components, mcus, blocks };
}

const isFactor = (factor: number) => factor >= 1 && factor <= 4;
