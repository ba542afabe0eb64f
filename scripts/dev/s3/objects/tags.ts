import { S3Error } from "../wire/s3-error";
import { xmlElements, xmlText } from "../wire/xml";

export type Tag = { Key: string; Value: string };

const MAX_TAGS = 10;

/** The tags of `x-amz-tagging` (written as a query string), as they are kept; null when there are none. */
export function readTaggingHeader(headers: Record<string, string>): string | null {
  const pairs = [...new URLSearchParams(headers["x-amz-tagging"] ?? "")];
  return keepTags(pairs.map(([Key, Value]) => ({ Key, Value })));
}

/** The tags of a Tagging document. */
export function readTaggingDocument(document: string): string | null {
  if (xmlElements(document, "Tagging").length === 0) throw new S3Error("MalformedXML", "The document has no Tagging.");
  return keepTags(
    xmlElements(document, "Tag").map((tag) => ({ Key: xmlText(tag, "Key") ?? "", Value: xmlText(tag, "Value") ?? "" })),
  );
}

export const tagsOf = (row: { tags: string | null }): Tag[] => JSON.parse(row.tags ?? "[]");

function keepTags(tags: Tag[]): string | null {
  if (tags.length > MAX_TAGS) throw new S3Error("BadRequest", `Object tags cannot be greater than ${MAX_TAGS}`);
  if (new Set(tags.map((tag) => tag.Key)).size < tags.length) {
    throw new S3Error("InvalidTag", "Cannot provide multiple Tags with the same key");
  }
  if (tags.some(({ Key }) => Key === "" || Key.length > 128)) {
    throw new S3Error("InvalidTag", "The TagKey you have provided is invalid");
  }
  if (tags.some(({ Value }) => Value.length > 256)) {
    throw new S3Error("InvalidTag", "The TagValue you have provided is invalid");
  }
  return tags.length > 0 ? JSON.stringify(tags) : null;
}
