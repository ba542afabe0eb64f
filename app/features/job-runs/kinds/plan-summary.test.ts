import { expect, test } from "vitest";
import { planLines } from "./plan-lines";
import { planSummary } from "./plan-summary";

const said = (json: string) =>
  planLines(planSummary.parse(JSON.parse(json))).map(({ label, value }) => `${label}: ${value}`);

test.each([
  [
    "a label run of an older version, whose images and quote were facts",
    '{"bytes":9000,"s3Calls":1204,"usd":0.08361,"facts":[{"label":"Images","value":"1\u202f204"},{"label":"Used as examples","value":"3"},{"label":"Model","value":"gemini-3.5-flash-lite"},{"label":"Quote","value":"$0.0836, at most $1\u202f204.50"},{"label":"Budget","value":"none"}]}',
    [
      "Images: 1\u202f204",
      "Used as examples: 3",
      "Model: gemini-3.5-flash-lite",
      "Budget: none",
      "Bytes: 9\u202fkB",
      "S3 calls: 1\u202f204",
      "Cost: $0.0836, at most $1\u202f204.50",
    ],
  ],
  [
    "a rename of an older version",
    '{"bytes":19,"s3Calls":45,"facts":[{"label":"Images","value":"3"},{"label":"Other objects","value":"2"},{"label":"Reference image afterwards","value":"reference.png"}]}',
    ["Images: 3", "Other objects: 2", "Reference image afterwards: reference.png", "Bytes: 19\u202fB", "S3 calls: 45"],
  ],
  [
    "an undo of an older version",
    '{"conflicts":{"count":2,"sample":["a.png is gone"]},"facts":[{"label":"Restores what run 3 changed","value":"8 of 10"}]}',
    ["Restores what run 3 changed: 8 of 10"],
  ],
  [
    "a label run of the oldest version",
    '{"usd":1204.5,"facts":[{"label":"Images","value":"12,040"},{"label":"Quote","value":"$1,204.50, at most $2,300.25"}]}',
    ["Images: 12\u202f040", "Cost: $1\u202f204.50, at most $2\u202f300.25"],
  ],
  ["a cost of an older version without a quote", '{"usd":0.0125}', ["Cost: $0.0125"]],
  [
    "a plan of today",
    '{"images":1204,"otherObjects":2,"present":[{"what":"no thumbnail","count":1200}],"leftOut":[{"what":"Already have a thumbnail","count":52}],"followers":[{"what":"thumbnails","count":4}],"samples":[1,2],"bytes":2003000,"s3Calls":2400,"quote":{"expectedUsd":0.0125,"mostUsd":0.5},"facts":[{"label":"Prompt","value":"personas"}]}',
    [
      "Images: 1\u202f204",
      "Other objects: 2",
      "Now with no thumbnail: 1\u202f200",
      "Already have a thumbnail: 52",
      "Prompt: personas",
      "Thumbnails that follow: 4",
      "Bytes: 2\u202fMB",
      "S3 calls: 2\u202f400",
      "Cost: $0.0125, at most $0.50",
    ],
  ],
  [
    "an undo of today",
    '{"putsBack":{"runId":3,"items":1200,"of":1204}}',
    ["Restores what run 3 changed: 1\u202f200 of 1\u202f204"],
  ],
])("%s is read, and said line by line", (_what, json, lines) => {
  expect(said(json)).toEqual(lines);
});

test("what is no summary is refused", () => {
  expect(planSummary.safeParse({ bytes: "many" }).success).toBe(false);
});
