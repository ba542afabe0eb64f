/** An object as a listing's XML gives it; what the store left out is undefined, and `key` still URL-encoded if it was asked so. */
export type ListedContents = {
  key?: string;
  etag?: string;
  bytes?: number;
  modifiedAt?: Date;
  storageClass?: string;
  /** It is in an archive class, and a copy that can be read has been restored. */
  isRestored?: boolean;
};

const CONTENTS = /<Contents>(.*?)<\/Contents>/gs;
const FIELD = /<(Key|ETag|Size|LastModified|StorageClass|IsRestoreInProgress)>([^<]*)<\/\1>/g;
const ENTITY = /&(?:#x([0-9a-f]+)|#(\d+)|(lt|gt|amp|quot|apos));/gi;
const NAMED: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/**
 * Takes the objects out of a ListObjectsV2 answer; `rest` is the same document without them. The SDK's general parser
 * needs 23 ms of processor for a page of 1,000 objects, this one 2 (docs/decisions/009): of an audit of 100,000 objects
 * that is the difference between waiting for S3 and waiting for ourselves. Whatever does not look as expected stays in
 * `rest`, for the SDK to read.
 */
export function takeContents(xml: string): { contents: ListedContents[]; rest: string } {
  const contents: ListedContents[] = [];
  const rest = xml.replace(CONTENTS, (_, inner: string) => {
    const object: ListedContents = {};
    for (const [, name, text = ""] of inner.matchAll(FIELD)) {
      if (name === "Key") object.key = decodeEntities(text);
      else if (name === "ETag") object.etag = decodeEntities(text);
      else if (name === "Size") object.bytes = Number(text);
      else if (name === "LastModified") object.modifiedAt = new Date(text);
      else if (name === "StorageClass") object.storageClass = decodeEntities(text);
      else object.isRestored = text === "false";
    }
    contents.push(object);
    return "";
  });
  return { contents, rest };
}

function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(ENTITY, (_, hex?: string, decimal?: string, name?: string) => {
    if (name) return NAMED[name.toLowerCase()] ?? "";
    return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal));
  });
}
