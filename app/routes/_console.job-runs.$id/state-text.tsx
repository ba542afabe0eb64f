import { KeyText } from "~/components/key-text";

/** Checksums are told apart by their beginning; the whole text is on hover. */
const shorten = (text: string) => text.replace(/\b[0-9a-f]{24,}\b/g, (hex) => `${hex.slice(0, 8)}…`);

/** thumbnailEtag → “thumbnail etag” */
const toWords = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Where an object lies, of a state that says so. */
export const keyOf = (json: string | null) => textAt(json, "key");

/** Why the plan knows that an item will be skipped. */
export const conflictOf = (target: string | null) => textAt(target, "conflict");

function textAt(json: string | null, name: string): string | null {
  const value: unknown = json === null ? null : JSON.parse(json);
  if (typeof value !== "object" || value === null) return null;
  const text: unknown = Reflect.get(value, name);
  return typeof text === "string" ? text : null;
}

/**
 * What an item looked like, from its JSON: names and values of an object, else the value itself. Of what lies in the
 * bucket it is the key: its ETag and bytes are the same wherever it goes.
 */
export function StateText({ json }: { json: string | null }) {
  if (json === null) return <span className="text-muted">–</span>;
  const value: unknown = JSON.parse(json);
  if (typeof value !== "object" || value === null) return <span>{String(value)}</span>;
  const key = keyOf(json);
  if (key !== null) return <KeyText>{key}</KeyText>;
  const pairs = Object.entries(value).filter(([, inner]) => inner !== null);
  if (pairs.length === 0) return <span className="text-muted">nothing</span>;
  const text = pairs
    .map(([name, inner]) => `${toWords(name)} ${typeof inner === "object" ? JSON.stringify(inner) : String(inner)}`)
    .join(", ");
  return (
    <span className="[overflow-wrap:anywhere] sm:max-w-[30ch] sm:truncate" title={text}>
      {shorten(text)}
    </span>
  );
}
