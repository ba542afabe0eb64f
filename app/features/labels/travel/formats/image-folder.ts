import { toColumns } from "./columns";
import type { LabeledImage } from "./label-line";

/**
 * Where an image lies in an exported folder. Not under its key: the loader takes each word "test", "val", "dev" or "eval" in a path for a
 * split and then leaves the rest of the folder out, it passes over names that begin with a dot, and keys can be no path at all.
 * @param sha256 of the key, in hex: letters that spell no split
 */
export function pathInFolder(key: string, sha256: string): string {
  const extension = /\.[A-Za-z0-9]{1,5}$/.exec(key)?.[0].toLowerCase() ?? "";
  return `images/${sha256.slice(0, 2)}/${sha256.slice(0, 20)}${extension}`;
}

/**
 * One line of metadata.jsonl. Each has every column, null where there is no label: columns that come later break the load of a
 * large file.
 */
export const toMetadata = ({ key, labels }: LabeledImage, fileName: string, attributes: readonly string[]) => ({
  file_name: fileName,
  key,
  etag: labels[0]?.etag ?? null,
  ...toColumns(labels, attributes),
});
