import { expect, test } from "vitest";
import { partialFirstFrame } from "./gif-first-frame";

const word = (value: number) => [value & 0xff, value >> 8];
const gif = (canvas: [number, number], frame: [number, number, number, number], before: number[] = []) =>
  Uint8Array.from([
    ...Buffer.from("GIF89a"),
    ...canvas.flatMap(word),
    // A palette of four colors.
    ...[0x81, 0, 0],
    ...Array.from({ length: 12 }, () => 0),
    ...before,
    0x2c,
    ...frame.flatMap(word),
    0,
  ]);
/** How long a frame stays, and a comment of two blocks. */
const extensions = [0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x21, 0xfe, 2, 65, 66, 1, 67, 0];

test.each([
  ["covers the canvas", gif([40, 30], [0, 0, 40, 30]), null],
  ["covers it, after extensions", gif([40, 30], [0, 0, 40, 30], extensions), null],
  ["lies inside", gif([40, 30], [5, 6, 20, 10], extensions), { left: 5, top: 6, width: 20, height: 10 }],
  ["is as wide, and lower", gif([40, 30], [0, 0, 40, 29]), { left: 0, top: 0, width: 40, height: 29 }],
  ["reaches beyond it", gif([40, 30], [30, 0, 20, 30]), null],
  ["is empty", gif([40, 30], [5, 5, 0, 10]), null],
  ["is cut off", gif([40, 30], [5, 6, 20, 10]).subarray(0, 28), null],
  ["is not there", Uint8Array.from([...Buffer.from("GIF89a"), 1, 0, 1, 0, 0, 0, 0, 0x3b]), null],
])("the first frame of a GIF %s", (_, bytes, rectangle) => {
  expect(partialFirstFrame(bytes)).toEqual(rectangle);
});
