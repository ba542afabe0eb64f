import { S3Error } from "./s3-error";

/** First and last byte of a Range header; null when it asks for the whole or for what S3 does not serve (several). */
export function parseRange(header: string | undefined, bytes: number): [number, number] | null {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return null;
  const range: [number, number] =
    first === ""
      ? [Math.max(0, bytes - Number(last)), bytes - 1]
      : [Number(first), last === "" ? bytes - 1 : Math.min(Number(last), bytes - 1)];
  if (range[0] > range[1] || range[0] >= bytes) {
    throw new S3Error("InvalidRange", "The requested range is not satisfiable", {
      "content-range": `bytes */${bytes}`,
    });
  }
  return range;
}
