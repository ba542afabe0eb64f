import { DomainError } from "~/features/domain-error";
import type { AttributeRoot } from "./label-schema";
import { quote } from "./words";

/**
 * Holds that everything that was picked lies below the root.
 * @throws DomainError "invalid" that names what does not
 */
export function requireBelow({ prefix, name }: AttributeRoot, keys: readonly string[]): void {
  const outside = keys.find((key) => !key.startsWith(prefix) || key === prefix);
  if (outside === undefined) return;
  throw new DomainError("invalid", `${quote(outside)} does not lie below ${prefix}, the folder of ${name}.`);
}
