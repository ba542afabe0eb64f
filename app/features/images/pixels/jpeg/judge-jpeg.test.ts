import type { JpegOptions } from "sharp";
import { describe, expect, test } from "vitest";
import {
  bytesOf,
  data,
  dht,
  dqt,
  dri,
  EOI,
  restart,
  SOI,
  segment,
  sof,
  sos,
} from "../../../../../tests/support/hand-made-jpeg";
import { noise } from "../../../../../tests/support/odd-pictures";
import { randomOf } from "../../../../../tests/support/random";
import type { JpegVerdict } from "./jpeg-verdict";
import { judgeJpeg } from "./judge-jpeg";

const WHOLE: JpegVerdict = { kind: "whole" };
const ends = (after: number | null): JpegVerdict => ({ kind: "damaged", loss: "ends", after });
const breaks = (after: number | null): JpegVerdict => ({ kind: "damaged", loss: "breaks", after });
const header = (what: string): JpegVerdict => ({ kind: "damaged", loss: "header", what });
const unsupported = (what: string): JpegVerdict => ({ kind: "unsupported", what });

// DC: 0 is no change, 10 and a bit a change of 1. AC: 0 ends the block, 10 and a bit is a 1, 110 are 16 zeros,
// 1110 and a bit a 1 behind 15 zeros, 11110 and 15 bits a large value.
const DC = dht(0x00, [
  ["0", 0],
  ["10", 1],
]);
const AC = dht(0x10, [
  ["0", 0x00],
  ["10", 0x01],
  ["110", 0xf0],
  ["1110", 0xf1],
  ["11110", 0x0f],
]);

/** Gray, 32 × 8 px: four blocks, each of which can be "00". */
const gray = { width: 32, height: 8 };
const head = [...SOI, ...dqt(), ...sof(0xc0, gray), ...DC, ...AC];
const scan = sos([1]);
const four = data("101 101 0  00 00 00");

describe("a sequential JPEG", () => {
  test.each<[string, Uint8Array, JpegVerdict]>([
    ["whole", bytesOf(head, scan, four, EOI), WHOLE],
    ["no JPEG", bytesOf([0x89, 0x50, 0x4e, 0x47]), { kind: "no-jpeg" }],
    ["no bytes", bytesOf(), { kind: "no-jpeg" }],

    // What costs nothing.
    ["stray bytes between segments", bytesOf(SOI, [1, 2, 0xff, 0, 3], head.slice(2), [9], scan, four, EOI), WHOLE],
    ["fill bytes before a marker", bytesOf(SOI, [0xff, 0xff], head.slice(2), scan, four, [0xff], EOI), WHOLE],
    [
      "restart marker and TEM between segments",
      bytesOf(SOI, restart(3), [0xff, 1], head.slice(2), scan, four, EOI),
      WHOLE,
    ],
    ["scan parameters of phones", bytesOf(head, sos([1], [0, 0, 0, 0]), four, EOI), WHOLE],
    ["scan parameters out of any range", bytesOf(head, sos([1], [70, 3, 5, 9]), four, EOI), WHOLE],
    ["no end", bytesOf(head, scan, four), WHOLE],
    ["another file behind it", bytesOf(head, scan, four, EOI, SOI, [1, 2, 3]), WHOLE],
    ["zeros before its end", bytesOf(head, scan, four, [0, 0, 0, 0, 0, 0], EOI), WHOLE],
    ["ones before its end", bytesOf(head, scan, four, Array<number[]>(9).fill([0xff, 0]).flat(), EOI), WHOLE],
    ["three bytes before its end", bytesOf(head, scan, four, [7, 8, 9], EOI), WHOLE],
    [
      "a comment and an unknown application",
      bytesOf(SOI, segment(0xfe, [65]), segment(0xeb, []), head.slice(2), scan, four, EOI),
      WHOLE,
    ],
    ["a segment of length 0", bytesOf(SOI, [0xff, 0xe3, 0, 0], head.slice(2), scan, four, EOI), WHOLE],
    [
      "no Huffman tables, as in Motion JPEG",
      bytesOf(SOI, dqt(), sof(0xc0, gray), scan, data("00 1010 00 1010 00 1010 00 1010"), EOI),
      WHOLE,
    ],
    ["zeros up to behind the last coefficient", bytesOf(head, scan, data("0 110 110 110 110  00 00 00"), EOI), WHOLE],
    [
      "a block of 64 coefficients without an end",
      bytesOf(head, scan, data(`0 ${"101".repeat(63)} 00 00 00`), EOI),
      WHOLE,
    ],
    ["large values", bytesOf(head, scan, data(`0 11110 ${"1".repeat(15)} 0  00 00 00`), EOI), WHOLE],
    [
      "a color in several sizes",
      bytesOf(
        SOI,
        dqt(),
        sof(0xc0, { width: 17, height: 8, sampling: ["21", "11"] }),
        DC,
        AC,
        sos([1, 2]),
        data("00 00 00  00 00 00"),
        EOI,
      ),
      WHOLE,
    ],
    [
      "colors in scans of their own",
      bytesOf(
        SOI,
        dqt(),
        sof(0xc1, { width: 17, height: 8, sampling: ["21", "11"] }),
        DC,
        AC,
        sos([1]),
        data("00 00 00"),
        sos([2]),
        data("00 00"),
        EOI,
      ),
      WHOLE,
    ],
    ["arithmetic codes", bytesOf(SOI, dqt(), sof(0xc9, gray), scan, [1, 2, 3], restart(0), [4], EOI), WHOLE],

    // What is lost.
    ["cut in its third block", bytesOf(head, scan, data("101 101 0  00  0 1"), EOI), ends(0.5)],
    ["cut and without an end", bytesOf(head, scan, data(`0 ${"101".repeat(60)} 0  00`).slice(0, 3)), ends(0)],
    ["cut before its scan", bytesOf(head), ends(0)],
    ["cut in a segment", bytesOf(head.slice(0, 40)), ends(0)],
    ["a marker in its data", bytesOf(head, scan, data("00 00 00 10"), [0xff, 0xc7], four, EOI), breaks(0.75)],
    ["a code that is in no table", bytesOf(head, scan, data(`00 00  0 11111 ${"0".repeat(40)}`), EOI), breaks(0.5)],
    [
      "a value behind the last coefficient",
      bytesOf(head, scan, data(`0 ${"101".repeat(60)} 1110 1  00 00 00 ${"0".repeat(40)}`), EOI),
      breaks(0),
    ],
    ["data that nothing asked for", bytesOf(head, scan, four, [1, 2, 3, 4], EOI), breaks(null)],
    [
      "zeros that lie over its data",
      bytesOf(SOI, dqt(), sof(0xc0, { width: 320, height: 80 }), DC, AC, scan, Array<number>(200).fill(0), EOI),
      breaks(null),
    ],
    [
      "a color cut",
      bytesOf(
        SOI,
        dqt(),
        sof(0xc0, { width: 16, height: 8, sampling: ["11", "11"] }),
        DC,
        AC,
        sos([1]),
        data("00 00"),
        sos([2]),
        data("00 1"),
        EOI,
      ),
      ends(0.75),
    ],
    [
      "a color missing at the end",
      bytesOf(
        SOI,
        dqt(),
        sof(0xc0, { width: 16, height: 8, sampling: ["11", "11"] }),
        DC,
        AC,
        sos([1]),
        data("00 00"),
        EOI,
      ),
      { kind: "damaged", loss: "component" },
    ],
    [
      "a color cut off",
      bytesOf(SOI, dqt(), sof(0xc0, { width: 16, height: 8, sampling: ["11", "11"] }), DC, AC, sos([1]), data("00 00")),
      ends(0.5),
    ],
    ["arithmetic codes without an end", bytesOf(SOI, dqt(), sof(0xc9, gray), scan, [1, 2, 3]), ends(null)],

    // What no decoder gets over.
    ["a second frame header", bytesOf(head, sof(0xc0, gray), scan, four, EOI), header("a second frame header")],
    ["no frame header", bytesOf(SOI, dqt(), DC, AC, scan, four, EOI), header("a scan before its frame header")],
    [
      "no quantization table",
      bytesOf(SOI, sof(0xc0, gray), DC, AC, scan, four, EOI),
      header("a quantization table is missing"),
    ],
    [
      "a quantization table that is cut",
      bytesOf(SOI, segment(0xdb, [0, 1, 1]), EOI),
      header("a quantization table is cut"),
    ],
    ["a Huffman table that is cut", bytesOf(SOI, segment(0xc4, [0, 1]), EOI), header("a Huffman table is cut")],
    [
      "Huffman codes that do not fit",
      bytesOf(
        head,
        dht(0x00, [
          ["0", 0],
          ["1", 1],
        ]),
        scan,
        four,
        EOI,
      ),
      header("a Huffman table is missing or damaged"),
    ],
    [
      "a scan of an unknown color",
      bytesOf(head, sos([2]), four, EOI),
      header("a scan is of a color that the picture does not have"),
    ],
    [
      "a sampling of 5",
      bytesOf(SOI, sof(0xc0, { ...gray, sampling: ["51"] })),
      header("a sampling factor is not 1 to 4"),
    ],
    [
      "an unknown marker",
      bytesOf(SOI, segment(0xf3, [1]), head.slice(2), scan, four, EOI),
      header("a marker that no JPEG has"),
    ],

    // What no common decoder reads.
    ["12 bits", bytesOf(SOI, sof(0xc1, { ...gray, bits: 12 })), unsupported("a JPEG of 12 bits a color")],
    ["lossless", bytesOf(SOI, sof(0xc3, gray)), unsupported("a lossless JPEG")],
    ["hierarchical", bytesOf(SOI, sof(0xde, gray)), unsupported("a hierarchical JPEG")],
    [
      "its height behind the picture",
      bytesOf(SOI, sof(0xc0, { width: 8, height: 0 })),
      unsupported("a JPEG that tells its height behind the picture"),
    ],
    [
      "odd sampling",
      bytesOf(SOI, sof(0xc0, { ...gray, sampling: ["31", "21"] })),
      unsupported("a JPEG whose colors have sizes of no whole ratio"),
    ],
    [
      "more than 65,500 px",
      bytesOf(SOI, sof(0xc0, { width: 65_501, height: 1 })),
      unsupported("a JPEG of more than 65,500 px an edge"),
    ],
  ])("%s", (_, bytes, verdict) => {
    expect(judgeJpeg(bytes)).toEqual(verdict);
  });
});

describe("restart markers, two blocks apart", () => {
  const spaced = [...head, ...dri(2), ...scan];
  const two = data("101 0 00");
  test.each<[string, Uint8Array, JpegVerdict]>([
    ["whole", bytesOf(spaced, two, restart(0), two, EOI), WHOLE],
    ["padded with zeros", bytesOf(spaced, two, [0, 0, 0, 0, 0], restart(0), two, EOI), WHOLE],
    ["padded with fill bytes", bytesOf(spaced, two, [0xff, 0xff], restart(0), two, EOI), WHOLE],
    ["with a number far from the one that is due", bytesOf(spaced, two, restart(4), two, EOI), WHOLE],
    ["after a marker that does not exist", bytesOf(spaced, two, [0xff, 0x07], restart(0), two, EOI), WHOLE],
    ["twice, the first by mistake", bytesOf(spaced, two, restart(7), restart(0), two, EOI), WHOLE],
    ["one more at the end", bytesOf(spaced, two, restart(0), two, restart(1), EOI), WHOLE],
    ["the second is there already", bytesOf(spaced, two, restart(1), two, EOI), breaks(0.5)],
    ["none, and other data than is needed", bytesOf(spaced, two, [1, 2, 3, 4], restart(0), two, EOI), breaks(0)],
    ["a block short", bytesOf(spaced, data("101 0"), restart(0), two, EOI), breaks(0.25)],
    ["nothing behind it", bytesOf(spaced, two, restart(0)), ends(0.5)],
    ["an end in its place", bytesOf(spaced, two, EOI), ends(0.5)],
  ])("%s", (_, bytes, verdict) => {
    expect(judgeJpeg(bytes)).toEqual(verdict);
  });
});

describe("a progressive JPEG", () => {
  const start = [...SOI, ...dqt(), ...sof(0xc2, gray), ...DC];
  const dcFirst = [...sos([1], [0, 0, 0, 1]), ...data("101 0 0 0")];
  const dcRest = [...sos([1], [0, 0, 1, 0]), ...data("1 0 1 0")];
  // 00 ends a block, 01 four to seven of them (two bits more), 10 and a bit is a 1, 110 are 16 zeros.
  const BAND = dht(0x10, [
    ["00", 0x00],
    ["01", 0x20],
    ["10", 0x01],
    ["110", 0xf0],
  ]);
  const acFirst = [...BAND, ...sos([1], [1, 63, 0, 1]), ...data("101 101 00  00  101 00  00")];
  // The first block: a new 1 behind the two (each with its bit), and its end. The third: its one's bit. All others: none.
  const acRest = [...sos([1], [1, 63, 1, 0]), ...data("10 1 1 1 00  00  00 1  00")];
  const DETAIL: JpegVerdict = { kind: "damaged", loss: "detail" };

  test.each<[string, Uint8Array, JpegVerdict]>([
    ["whole", bytesOf(start, dcFirst, acFirst, dcRest, acRest, EOI), WHOLE],
    ["without an end", bytesOf(start, dcFirst, acFirst, dcRest, acRest), WHOLE],
    [
      "all blocks of a band in one code",
      bytesOf(start, dcFirst, BAND, sos([1], [1, 63, 0, 0]), data("01 00"), dcRest, EOI),
      WHOLE,
    ],
    [
      "a refinement in one code",
      bytesOf(start, dcFirst, acFirst, dcRest, sos([1], [1, 63, 1, 0]), data("01 00 1 1 1"), EOI),
      WHOLE,
    ],
    ["with fewer scans than it might have", bytesOf(start, dcFirst, EOI), WHOLE],
    ["cut in its first scan", bytesOf(start, sos([1], [0, 0, 0, 1]), data("101 0 0 10").slice(0, 0), EOI), ends(0)],
    ["cut between its scans", bytesOf(start, dcFirst, acFirst), DETAIL],
    ["cut in a band", bytesOf(start, dcFirst, BAND, sos([1], [1, 63, 0, 0]), data("00 00 1"), EOI), DETAIL],
    [
      "cut in a refinement",
      bytesOf(start, dcFirst, acFirst, sos([1], [1, 63, 1, 0]), data("10 1 1 1 00 0"), EOI),
      DETAIL,
    ],
    [
      "a value that no refinement has",
      bytesOf(
        start,
        dcFirst,
        BAND,
        sos([1], [1, 63, 0, 1]),
        data("00 00 00 00"),
        dht(0x10, [["0", 0x02]]),
        sos([1], [1, 63, 1, 0]),
        data("0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0"),
        EOI,
      ),
      DETAIL,
    ],
    [
      "a refinement of what was never told",
      bytesOf(start, dcFirst, BAND, sos([1], [1, 63, 1, 0]), data("01 00"), EOI),
      DETAIL,
    ],
    [
      "a band of two colors",
      bytesOf(
        SOI,
        dqt(),
        sof(0xc2, { ...gray, sampling: ["11", "11"] }),
        DC,
        BAND,
        sos([1, 2], [1, 63, 0, 0]),
        data("00"),
        EOI,
      ),
      header("a scan's parameters contradict each other"),
    ],
    [
      "no Huffman table",
      bytesOf(SOI, dqt(), sof(0xc2, gray), dcFirst, EOI),
      header("a Huffman table is missing or damaged"),
    ],
  ])("%s", (_, bytes, verdict) => {
    expect(judgeJpeg(bytes)).toEqual(verdict);
  });
});

describe("bytes that were made to take long", () => {
  test("of more scans than any picture has", () => {
    const start = [...SOI, ...dqt(), ...sof(0xc2, gray), ...DC];
    const scans = Array.from({ length: 501 }, () => [...sos([1], [0, 0, 0, 1]), ...data("0000")]);
    expect(judgeJpeg(bytesOf(start, ...scans, EOI))).toEqual(unsupported("a JPEG of more scans than are read here"));
  });

  test("of scans that cost few bytes and many blocks", () => {
    const large = { width: 16_000, height: 16_000 };
    const EMPTY = dht(0x10, [["0", 0xe0]]);
    const band = [...sos([1], [1, 63, 0, 1]), ...data("0 11111111111111".repeat(123))];
    const start = [...SOI, ...dqt(), ...sof(0xc2, large), ...DC, ...EMPTY];
    const scans = Array.from({ length: 40 }, () => band);
    expect(judgeJpeg(bytesOf(start, ...scans, EOI))).toEqual(unsupported("a JPEG of more scans than are read here"));
  });

  test("of more pixels than are read", () => {
    const huge = sof(0xc2, { width: 65_500, height: 65_500 });
    expect(judgeJpeg(bytesOf(SOI, dqt(), huge))).toEqual(unsupported("a JPEG of more pixels than are read here"));
  });
});

describe("JPEGs of an encoder", () => {
  const encode = (options: JpegOptions) => noise(323, 243).jpeg(options).toBuffer();

  test.each<[string, JpegOptions]>([
    ["baseline, 4:2:0", {}],
    ["baseline, 4:4:4, quality 100", { chromaSubsampling: "4:4:4", quality: 100 }],
    ["progressive", { progressive: true }],
    ["mozjpeg", { mozjpeg: true, quality: 60 }],
  ])("%s: whole, and damaged wherever it is cut", async (_, options) => {
    const bytes = await encode(options);
    expect(judgeJpeg(bytes)).toEqual(WHOLE);
    // The last bytes hold what fills up the last byte and the end.
    for (let at = 2; at < bytes.length - 4; at += 1 + Math.floor(bytes.length / 200)) {
      expect([at, judgeJpeg(bytes.subarray(0, at)).kind]).toEqual([at, "damaged"]);
    }
  });

  test("bytes at random give a verdict and nothing else", async () => {
    const random = randomOf(7);
    const originals = [await encode({}), await encode({ progressive: true }), await encode({ mozjpeg: true })];
    for (let round = 0; round < 1_500; round++) {
      const bytes = Uint8Array.from(random.pick(originals));
      for (let change = random.below(12); change >= 0; change--) {
        // The header's bytes as often as all others.
        const at = random.below(random.once(2) ? 700 : bytes.length);
        bytes[at] = random.once(3) ? 0xff : random.below(256);
      }
      const cut = random.once(3) ? bytes.subarray(0, random.below(bytes.length)) : bytes;
      expect(judgeJpeg(cut).kind).toMatch(/^(?:whole|damaged|unsupported|no-jpeg)$/);
    }
  });
});
