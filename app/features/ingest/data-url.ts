/** Bytes of a data: URL, or why there are none, as the end of a sentence that begins with its name. */
export type DataUrl = { bytes: Buffer } | { problem: string };

const SHAPE = /^data:([^,]*),(.*)$/is;

export const isDataUrl = (url: string): boolean => /^data:/i.test(url);

/**
 * Reads a data: URL strictly: what a lenient reader would drop (a cut end, strange characters) is a picture that is not
 * whole. The type that it claims says nothing; what the bytes are is judged later.
 */
export function readDataUrl(url: string): DataUrl {
  const [, head, data] = SHAPE.exec(url.trim()) ?? [];
  if (head === undefined || data === undefined)
    return { problem: "is a data URL without a comma, so it holds no data" };
  if (data === "") return { problem: "is a data URL without data" };
  return /;\s*base64\s*$/i.test(head) ? readBase64(data) : readPercent(data);
}

/** The type that it claims, for people: “data:image/png”. */
export function nameDataUrl(url: string): string {
  const type = /^data:([a-z0-9.+/-]{1,60})/i.exec(url.trim())?.[1];
  return `data:${type ?? ""}…`;
}

function readBase64(data: string): DataUrl {
  const plain = data.includes("%") ? decoded(data) : data;
  const text = plain?.replace(/[\s]+/g, "");
  if (!text || !/^[A-Za-z0-9+/_-]*={0,2}$/.test(text))
    return { problem: "is a data URL whose base64 holds other characters" };
  const unpadded = text.replace(/=+$/, "");
  // Four characters are three bytes; a single one left over is none.
  if (unpadded.length % 4 === 1 || (text.length > unpadded.length && text.length % 4 !== 0)) {
    return { problem: "is a data URL whose base64 is cut short" };
  }
  return { bytes: Buffer.from(unpadded, "base64") };
}

function readPercent(data: string): DataUrl {
  const text = decoded(data);
  return text === null ? { problem: "is a data URL with a broken % escape" } : { bytes: Buffer.from(text, "latin1") };
}

/** Escapes are bytes, not characters of UTF-8. */
function decoded(data: string): string | null {
  if (/%(?![0-9a-f]{2})/i.test(data)) return null;
  return data.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
