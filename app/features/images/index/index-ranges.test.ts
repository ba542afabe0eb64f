import { expect, test } from "vitest";
import { cutIntoRanges } from "./index-ranges";

const folders = ["a/", "b/", "c/", "d/", "e/"];
const everything = { folders, after: null, last: null };

test.each([
  ["large folders are alone", [{ at: 0, objectsAFolder: 100 }], ["a/", "b/", "c/", "d/", "e/"]],
  ["small ones together", [{ at: 0, objectsAFolder: 10 }], ["a/ to e/ (5 folders)"]],
  ["some together", [{ at: 0, objectsAFolder: 50 }], ["a/ to b/ (2 folders)", "c/ to d/ (2 folders)", "e/"]],
  [
    "each sample speaks for the folders up to the next",
    [
      { at: 0, objectsAFolder: 1 },
      { at: 2, objectsAFolder: 100 },
      { at: 3, objectsAFolder: 1 },
    ],
    ["a/ to b/ (2 folders)", "c/", "d/ to e/ (2 folders)"],
  ],
  ["of which nothing is known are alone", [], ["a/", "b/", "c/", "d/", "e/"]],
])("%s", (_, samples, labels) => {
  const ranges = cutIntoRanges(everything, samples, 100);
  expect(ranges.map(({ label }) => label)).toEqual(labels);
  expect(ranges.at(0)?.after).toBe(null);
  expect(ranges.at(-1)?.last).toBe(null);
  for (const [at, { last }] of ranges.slice(0, -1).entries()) expect(ranges[at + 1]?.after).toBe(last);
});

test("a range begins behind one folder's name and ends at another's", () => {
  const stretch = { folders: ["b/", "c/"], after: "a/\u{10fffd}", last: "d/" };
  expect(cutIntoRanges(stretch, [])).toEqual([
    { after: "a/\u{10fffd}", last: "c/", folder: "b/", label: "b/" },
    { after: "c/", last: "d/", folder: "c/", label: "c/" },
  ]);
});

test("without a folder there is one range", () => {
  expect(cutIntoRanges({ folders: [], after: null, last: null }, [])).toEqual([
    { after: null, last: null, folder: null, label: "objects in no folder" },
  ]);
});
