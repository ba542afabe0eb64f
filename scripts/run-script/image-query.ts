import { parseImageAddress } from "~/features/images/query/image-address";
import { type ImageQuery, namesImages } from "~/features/images/query/image-query";
import { isKnownError } from "~/features/known-error";
import { UsageError } from "./end-with";

export const queryHelp = `the images that a query finds, written as in the address of the images page:
             "owner=u-1&kind=upload", "unowned=yes&since=7d"`;

/** @throws UsageError for a query that names nothing, or something that is not known */
export function readImageQuery(text: string): ImageQuery {
  const query = parse(text);
  if (namesImages(query)) return query;
  throw new UsageError('--query names no images. To mean every image, give "all=yes".');
}

function parse(text: string): ImageQuery {
  try {
    return parseImageAddress(new URLSearchParams(text));
  } catch (error) {
    throw toUsage(error);
  }
}

/** Carries out what refuses values that the database or labels/schema.json do not know: those of an option are wrong. */
export async function asUsage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toUsage(error);
  }
}

function toUsage(error: unknown): unknown {
  const isWrongValue = isKnownError(error, "DomainError") && (error.code === "invalid" || error.code === "not-found");
  return isWrongValue ? new UsageError(error.message) : error;
}
