import { expect, test } from "vitest";
import { readRecord } from "./generation-record";

const digest = ({ data }: { data: string }) => `hash of ${data}`;
const read = (record: object | string) =>
  readRecord(typeof record === "string" ? record : JSON.stringify(record), digest);
const least = { id: "g-1", prompt: "a cat", createdAt: "2026-11-29T10:04:00Z" };

test("a record is read with all that it has; what we do not know is kept beside, signatures and payloads apart", () => {
  expect(
    read({
      ...least,
      owner: "u-1",
      model: "gemini-nano-banana-2.1",
      mode: "tone",
      image: "https://b.s3.amazonaws.com/generated/u-1/2026/11/a%20b.png?X-Amz-Signature=secret#x",
      sha256: "A".repeat(64),
      etag: '"0b1c"',
      references: [
        "references/01. Model/front_warm/reference.png",
        { path: "C:\\out\\b.png", sha256: "b".repeat(64) },
        "data:image/png;base64,AAAA",
      ],
      seed: 7,
      preview: "https://mina:secret@cdn.example/p@2x.png?token=secret",
      inline: { thumb: "data:image/png;base64,SECRET", list: [1, "x"] },
    }),
  ).toEqual({
    record: {
      id: "g-1",
      prompt: "a cat",
      owner: "u-1",
      model: "gemini-nano-banana-2.1",
      mode: "tone",
      finishReason: null,
      createdAt: Date.parse("2026-11-29T10:04:00Z"),
      image: {
        told: "https://b.s3.amazonaws.com/generated/u-1/2026/11/a%20b.png",
        isPayload: false,
        sha256: "a".repeat(64),
        etag: "0b1c",
      },
      references: [
        { told: "references/01. Model/front_warm/reference.png", isPayload: false, sha256: null, etag: null },
        { told: "C:\\out\\b.png", isPayload: false, sha256: "b".repeat(64), etag: null },
        { told: "data:image/png", isPayload: true, sha256: "hash of AAAA", etag: null },
      ],
      more: {
        inline: { list: [1, "x"], thumb: "data:image/png;base64,…" },
        preview: "https://cdn.example/p@2x.png",
        seed: 7,
      },
    },
  });
});

test.each([
  ["2026-11-29T10:04:00Z", "2026-11-29T10:04:00.000Z"],
  ["2026-11-29T10:04:00+09:00", "2026-11-29T01:04:00.000Z"],
  ["2026-11-29 10:04:00.5", "2026-11-29T10:04:00.500Z"],
  ["2026-11-29", "2026-11-29T00:00:00.000Z"],
  [1_795_946_640, "2026-11-29T10:04:00.000Z"],
  [1_795_946_640_250, "2026-11-29T10:04:00.250Z"],
])("%j is %s wherever it is read", (createdAt, moment) => {
  const result = read({ ...least, createdAt });
  expect("record" in result && new Date(result.record.createdAt).toISOString()).toBe(moment);
});

test.each([
  ["<b>bold</b> & “quoted”", "<b>bold</b> & “quoted”"],
  ["right \u202eto left\u202c, bell \u0007, tab \t", "right \u202eto left\u202c, bell \u0007, tab \t"],
  [
    "an end\u0000 within, half a pair \ud83d, a whole one 😀",
    "an end\uFFFD within, half a pair \uFFFD, a whole one 😀",
  ],
  ["", ""],
  ["who? me & you?a=1", "who? me & you?a=1"],
  ["like https://b.example/a.png?v=1&X-Amz-Signature=secret but blue", "like https://b.example/a.png but blue"],
])("the prompt %j is kept as %j", (prompt, kept) => {
  expect(read({ ...least, prompt })).toMatchObject({ record: { prompt: kept } });
});

test.each<[object | string, string, string | null]>([
  ["{", "is not JSON", null],
  ["[]", "is not a JSON object", null],
  ["null", "is not a JSON object", null],
  [{ prompt: "a", createdAt: 1 }, "has no “id”", null],
  [{ ...least, prompt: undefined }, "has no “prompt”", "g-1"],
  [{ ...least, prompt: 7 }, "has no usable “prompt”", "g-1"],
  [
    { ...least, prompt: "a".repeat(100_001) },
    "has no usable “prompt”: it is not a prompt of at most 100000 characters",
    "g-1",
  ],
  [{ ...least, createdAt: "yesterday" }, "has no usable “createdAt”: it is not a date (2026-11-29T10:04:00Z)", "g-1"],
  [
    { ...least, createdAt: "2026-02-30T99:00" },
    "has no usable “createdAt”: it is not a date (2026-11-29T10:04:00Z)",
    "g-1",
  ],
  [{ ...least, sha256: "xyz" }, "has no usable “sha256”: it is not a SHA-256", "g-1"],
  [{ ...least, image: 7 }, "has no usable “image”", "g-1"],
  [{ ...least, id: "" }, "has no usable “id”", null],
  [{ ...least, owner: "team/mina" }, "has no usable “owner”: it is not an owner's ID", "g-1"],
  [{ ...least, owner: ".." }, "has no usable “owner”: it is not an owner's ID", "g-1"],
  [{ ...least, owner: "u\u202e1" }, "has no usable “owner”: it is not an owner's ID", "g-1"],
])("%j %s", (record, problem, id) => {
  expect(read(record)).toEqual({ problem, id });
});

test("blank properties are none, as in records of images that were made without a user", () => {
  expect(read({ ...least, owner: "", model: " ", mode: null })).toMatchObject({
    record: { owner: null, model: null, mode: null },
  });
});

test("a record that is nested without end is refused, and does not overflow the stack", () => {
  const nested = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  expect(read(`{"id":"g-1","prompt":"a","createdAt":1,"x":${nested}}`)).toEqual({
    problem: "is nested deeper than 100 levels",
    id: "g-1",
  });
});

test.each([
  ["//b.s3.amazonaws.com/a.png?X-Amz-Signature=secret", "//b.s3.amazonaws.com/a.png"],
  ["/images/a.png?AWSAccessKeyId=1&Signature=secret", "/images/a.png"],
  ["uploads/what?/a.png", "uploads/what?/a.png"],
])("%s is told without its signature, whether or not it names a protocol", (image, told) => {
  expect(read({ ...least, image, references: [{ url: image }] })).toMatchObject({
    record: { image: { told }, references: [{ told }] },
  });
});

test("the same record with another signature, or its properties in another order, is the same", () => {
  const image = (signature: string) => `https://b.s3.amazonaws.com/a.png?X-Amz-Signature=${signature}`;
  expect(read({ ...least, image: image("1"), seed: 7, steps: 4 })).toEqual(
    read({ steps: 4, seed: 7, image: image("2"), ...least }),
  );
});
