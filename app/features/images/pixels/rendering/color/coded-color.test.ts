import { describe, expect, test } from "vitest";
import { withCicp } from "../../../../../../tests/support/coded-pictures";
import { plainPng } from "../../../../../../tests/support/odd-pictures";
import { readCodedColor } from "./coded-color";

function box(type: string, ...content: (Buffer | number[])[]): Buffer {
  const body = Buffer.concat(content.map((part) => Buffer.from(part)));
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + body.length);
  header.write(type, 4, "latin1");
  return Buffer.concat([header, body]);
}
const fullBox = (type: string, ...content: (Buffer | number[])[]) => box(type, [0, 0, 0, 0], ...content);
const nclx = (primaries: number, transfer: number) =>
  box("colr", [...Buffer.from("nclx")], [0, primaries, 0, transfer, 0, 9, 0x80]);
const avif = (...properties: Buffer[]) =>
  Buffer.concat([
    box("ftyp", [...Buffer.from("avif"), 0, 0, 0, 0]),
    fullBox("meta", box("hdlr", [1, 2, 3]), box("iprp", box("ipco", box("ispe", [0]), ...properties))),
  ]);

describe("readCodedColor", () => {
  test.each([
    ["a PNG in P3", withCicp(plainPng(4, 4), 12, 13), { primaries: 12, transfer: 13 }],
    ["a PNG in PQ", withCicp(plainPng(4, 4), 9, 16), { primaries: 9, transfer: 16 }],
    ["a PNG by video's curve", withCicp(plainPng(4, 4), 9, 14), { primaries: 9, transfer: 14 }],
    ["a PNG that says nothing", plainPng(4, 4), null],
    ["a PNG that ends in its header", plainPng(4, 4).subarray(0, 20), null],
    ["an AVIF in PQ", avif(nclx(9, 16)), { primaries: 9, transfer: 16 }],
    ["an AVIF with two, of which the first counts", avif(nclx(12, 13), nclx(1, 13)), { primaries: 12, transfer: 13 }],
    ["an AVIF by video's curve, which is shown as sRGB", avif(nclx(9, 14)), { primaries: 9, transfer: 13 }],
    ["an AVIF with a profile", avif(box("colr", [...Buffer.from("prof"), 1, 2, 3])), null],
    ["an AVIF that says nothing", avif(), null],
    ["an AVIF that ends in its properties", avif(nclx(9, 16)).subarray(0, -6), null],
    ["nothing", Buffer.alloc(0), null],
  ])("%s", (_, bytes, color) => {
    expect(readCodedColor(bytes)).toEqual(color);
  });
});
