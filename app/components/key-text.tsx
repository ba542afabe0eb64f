import { visible } from "~/quote";

/**
 * An object key or prefix, whole; it breaks after slashes rather than within names. What cannot be seen in it is spelled
 * out, and a name that is written from right to left stays in its place between the slashes.
 */
export function KeyText({ children }: { children: string }) {
  return (
    <code dir="ltr" className="font-mono text-xs [overflow-wrap:anywhere]">
      {children.split(/(?<=\/)/).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one key never move
        <span key={index}>
          <KeyName>{part.replace(/\/$/, "")}</KeyName>
          {part.endsWith("/") && "/"}
          <wbr />
        </span>
      ))}
    </code>
  );
}

/** One name of a key, in the direction of its own writing. */
export const KeyName = ({ children }: { children: string }) => <bdi>{visible(children)}</bdi>;
