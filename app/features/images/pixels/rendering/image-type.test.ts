import { describe, expect, test } from "vitest";
import { sniffImageType } from "./image-type";

const latin1 = (text: string) => Buffer.from(text, "latin1");

describe("sniffImageType", () => {
  test.each([
    ["a JPEG", "\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"],
    ["a PNG", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"],
    ["a GIF", "GIF89a\x10\0", "image/gif"],
    ["a WebP", "RIFF\x24\0\0\0WEBPVP8 ", "image/webp"],
    ["a little-endian TIFF", "II*\0\x08\0\0\0", "image/tiff"],
    ["a big-endian TIFF", "MM\0*\0\0\0\x08", "image/tiff"],
    ["an AVIF", "\0\0\0\x1cftypavif\0\0\0\0mif1miaf", "image/avif"],
    ["an AVIF that calls itself mif1 first", "\0\0\0\x1cftypmif1\0\0\0\0avifmiaf", "image/avif"],
    ["a HEIC", "\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heic"],
    ["a video in the same container", "\0\0\0\x18ftypmp42\0\0\0\0isommp42", null],
    ["other things in a RIFF", "RIFF\x24\0\0\0WAVEfmt ", null],
    ["an SVG", '<svg xmlns="http://www.w3.org/2000/svg"/>', "svg"],
    [
      "an SVG behind a byte order mark and a declaration",
      '\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a -->\n<svg>',
      "svg",
    ],
    ["other XML", '<?xml version="1.0"?><ListBucketResult/>', null],
    ["a page", "<!doctype html><title>404</title>", null],
    ["a PDF", "%PDF-1.7", null],
    ["text", "GIFs are nice", null],
    ["nothing", "", null],
    ["a cut signature", "\x89PNG", null],
  ])("%s", (_, bytes, expected) => {
    expect(sniffImageType(latin1(bytes))).toBe(expected);
  });
});
