/** Checksums are told apart by their beginning; the whole text is on hover. */
const shorten = (text: string) => text.replace(/\b[0-9a-f]{24,}\b/g, (hex) => `${hex.slice(0, 8)}…`);

/** thumbnailEtag → “thumbnail etag” */
const toWords = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** What an item looked like, from its JSON: names and values of an object, else the value itself. */
export function StateText({ json }: { json: string | null }) {
  if (json === null) return <span className="text-muted">–</span>;
  const value: unknown = JSON.parse(json);
  if (typeof value !== "object" || value === null) return <span>{String(value)}</span>;
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
