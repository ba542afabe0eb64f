/** Builds JPEGs byte by byte, and their data bit by bit (ITU T.81, annex B). */

export const SOI = [0xff, 0xd8];
export const EOI = [0xff, 0xd9];
export const restart = (number: number) => [0xff, 0xd0 + number];

/** A marker with its segment; the length is counted here. */
export function segment(marker: number, body: number[]): number[] {
  return [0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255, ...body];
}

/** A quantization table of ones. */
export const dqt = (number = 0) => segment(0xdb, [number, ...Array<number>(64).fill(1)]);

export const dri = (mcus: number) => segment(0xdd, [mcus >> 8, mcus & 255]);

type FrameSpec = { width: number; height: number; bits?: number; sampling?: string[] };

/** `sampling` has one entry for each component, numbered from 1: "21" is 2 across and 1 down. */
export function sof(marker: number, { width, height, bits = 8, sampling = ["11"] }: FrameSpec): number[] {
  const components = sampling.flatMap((factors, at) => [at + 1, Number.parseInt(factors, 16), 0]);
  return segment(marker, [bits, height >> 8, height & 255, width >> 8, width & 255, sampling.length, ...components]);
}

/** A Huffman table by its codes, the shorter ones first: `dht(0x10, { 0: 0x00, 10: 0x01 })`; 0x10 is AC table 0. */
export function dht(name: number, codes: [code: string, symbol: number][]): number[] {
  const counts = Array.from({ length: 16 }, (_, at) => codes.filter(([code]) => code.length === at + 1).length);
  return segment(0xc4, [name, ...counts, ...codes.map(([, symbol]) => symbol)]);
}

/** Of components by number, all with tables 0; Ss, Se, Ah and Al as a baseline scan has them unless told otherwise. */
export function sos(components: number[], [from, to, high, low] = [0, 63, 0, 0]): number[] {
  const parts = components.flatMap((component) => [component, 0]);
  return segment(0xda, [components.length, ...parts, from ?? 0, to ?? 0, ((high ?? 0) << 4) | (low ?? 0)]);
}

/** Entropy-coded data, blanks left out; filled up with ones and stuffed (T.81, F.1.2.3). */
export function data(bits: string): number[] {
  const digits = bits.replaceAll(/\s/g, "");
  const bytes = digits.match(/.{1,8}/g) ?? [];
  return bytes.flatMap((byte) => {
    const value = Number.parseInt(byte.padEnd(8, "1"), 2);
    return value === 0xff ? [0xff, 0] : [value];
  });
}

export const bytesOf = (...parts: number[][]): Uint8Array => Uint8Array.from(parts.flat());
