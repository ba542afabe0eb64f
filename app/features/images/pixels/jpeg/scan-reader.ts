/** Bytes of a scan that are held at one time: few enough to stay in the processor's second cache. */
const HELD = 64 * 1024;
/**
 * Bytes that lie ready beyond the place where an MCU may begin, so that nothing within one looks for the data's end: the
 * largest has 10 blocks of 64 codes of 16 bits with values of 15 bits, 2,480 bytes.
 */
const AHEAD = 2_560;

/** In place of a marker where the file ends. */
export const END_OF_FILE = -1;

/**
 * A scan's entropy-coded data with its stuffing taken out (ITU T.81, B.1.1.5), a piece at a time, up to the next marker.
 * Past that it reads as zeros, as in libjpeg. Places are counted in bits.
 */
export type ScanReader = {
  bytes: Uint8Array;
  /** The next byte to take in; behind the marker once one is met. */
  at: number;
  held: Uint8Array;
  view: DataView;
  /** The next bit to read; and where the data ends that is held. */
  pos: number;
  end: number;
  /** An MCU may begin up to here without `takeIn`. */
  safe: number;
  /** The marker that the data ends at, by its second byte; 0 while none was met. */
  marker: number;
};

export function openReader(bytes: Uint8Array): ScanReader {
  const held = new Uint8Array(HELD + AHEAD);
  return { bytes, at: 0, held, view: new DataView(held.buffer), pos: 0, end: 0, safe: -1, marker: 0 };
}

/** Begins to read at a byte of the file, which follows a scan's header or a restart marker. */
export function readFrom(reader: ScanReader, at: number): void {
  reader.at = at;
  reader.pos = 0;
  reader.end = 0;
  reader.safe = -1;
  reader.marker = 0;
}

/** Lets go of what was read and takes in as much as fits. Only while no marker was met. */
export function takeIn(reader: ScanReader): void {
  const { bytes, held } = reader;
  const read = reader.pos >>> 3;
  held.copyWithin(0, read, reader.end >>> 3);
  let to = (reader.end >>> 3) - read;
  let at = reader.at;
  let marker = 0;
  while (to < HELD) {
    const byte = bytes[at++] ?? END_OF_FILE;
    if (byte === 0xff) {
      let next = bytes[at++] ?? END_OF_FILE;
      while (next === 0xff) next = bytes[at++] ?? END_OF_FILE;
      if (next !== 0) {
        marker = next;
        break;
      }
    } else if (byte === END_OF_FILE) {
      marker = END_OF_FILE;
      break;
    }
    held[to++] = byte;
  }
  if (marker !== 0) held.fill(0, to, to + AHEAD);
  reader.at = at;
  reader.pos &= 7;
  reader.end = to * 8;
  reader.safe = marker === 0 ? (to - AHEAD) * 8 : 0x7fffffff;
  reader.marker = marker;
}
