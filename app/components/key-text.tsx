/** An object key or prefix, exactly; it breaks after slashes rather than within names. */
export function KeyText({ children }: { children: string }) {
  return (
    <code className="font-mono text-xs [overflow-wrap:anywhere]">
      {children.split(/(?<=\/)/).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one key never move
        <span key={index}>
          {part}
          <wbr />
        </span>
      ))}
    </code>
  );
}
