/** What an item looked like, from its JSON: names and values of an object, else the value itself. */
export function StateText({ json }: { json: string | null }) {
  if (json === null) return <span className="text-muted">–</span>;
  const value: unknown = JSON.parse(json);
  if (typeof value !== "object" || value === null) return <span>{String(value)}</span>;
  const pairs = Object.entries(value).filter(([, inner]) => inner !== null);
  if (pairs.length === 0) return <span className="text-muted">nothing</span>;
  const text = pairs
    .map(([name, inner]) => `${name} ${typeof inner === "object" ? JSON.stringify(inner) : String(inner)}`)
    .join(", ");
  return (
    <span className="line-clamp-2 max-w-[48ch] [overflow-wrap:anywhere]" title={text}>
      {text}
    </span>
  );
}
