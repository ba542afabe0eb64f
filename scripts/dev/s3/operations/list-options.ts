import { S3Error } from "../wire/s3-error";

const MAX_KEYS = 1_000;

/** AWS writes a space as "+" and leaves slashes. */
const encodeAsAws = (text: string) => encodeURIComponent(text).replaceAll("%2F", "/").replaceAll("%20", "+");

/** What every listing may be asked: prefix, delimiter, size of a page, and how keys are written. */
export function readListOptions(query: Map<string, string>) {
  const asked = Number(query.get("max-keys") ?? MAX_KEYS);
  if (!Number.isInteger(asked) || asked < 0) throw new S3Error("InvalidArgument", "max-keys must be a number.");
  const encoding = query.get("encoding-type");
  if (encoding !== undefined && encoding !== "url") throw new S3Error("InvalidArgument", "Invalid Encoding Method");
  return {
    prefix: query.get("prefix") ?? "",
    delimiter: query.get("delimiter") ?? "",
    maxKeys: Math.min(asked, MAX_KEYS),
    encode: encoding === "url" ? encodeAsAws : (text: string) => text,
  };
}
