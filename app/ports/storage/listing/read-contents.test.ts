import { expect, test } from "vitest";
import { growthAtFourTimes } from "../../../../tests/support/growth";
import { takeContents } from "./read-contents";

test("takes the objects out and leaves the rest of the document as it was", () => {
  const xml =
    '<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name>' +
    "<Contents><Key>a%20b.png</Key><LastModified>2026-11-20T10:00:00.123Z</LastModified><ETag>&quot;0f&quot;</ETag>" +
    "<Size>12</Size><StorageClass>STANDARD</StorageClass><Owner><ID>o</ID></Owner></Contents>" +
    "<Contents><ETag>&#34;1f-2&#x22;</ETag><Size>0</Size><Key>x &amp; &lt;y&gt;</Key></Contents>" +
    "<CommonPrefixes><Prefix>c/</Prefix></CommonPrefixes><IsTruncated>false</IsTruncated></ListBucketResult>";
  expect(takeContents(xml)).toEqual({
    contents: [
      {
        key: "a%20b.png",
        modifiedAt: new Date("2026-11-20T10:00:00.123Z"),
        storageClass: "STANDARD",
        etag: '"0f"',
        bytes: 12,
      },
      { etag: '"1f-2"', bytes: 0, key: "x & <y>" },
    ],
    rest:
      '<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name>' +
      "<CommonPrefixes><Prefix>c/</Prefix></CommonPrefixes><IsTruncated>false</IsTruncated></ListBucketResult>",
  });
});

test("an element that is cut in the middle stays for the SDK to complain about", () => {
  const xml = "<ListBucketResult><Contents><Key>a</Key><Size>1</Si";
  expect(takeContents(xml)).toEqual({ contents: [], rest: xml });
});

test("what the store left out is undefined, never a guess", () => {
  expect(takeContents("<Contents><Key>a</Key></Contents>").contents).toEqual([{ key: "a" }]);
});

test.each(["a", "&amp;", "Contents>", "</Contents", "<Key>"])(
  "a key of many “%s” takes no more time than it is long",
  (part) => {
    const page = (key: string) =>
      `<ListBucketResult>${`<Contents><Key>${key}</Key><ETag>&quot;0&quot;</ETag><Size>1</Size></Contents>`.repeat(20)}</ListBucketResult>`;
    expect(growthAtFourTimes(1_000, (times) => takeContents(page(part.repeat(times))))).toBeLessThan(10);
  },
);
