import { DomainError } from "~/features/domain-error";
import type { AttributeRoot } from "~/features/label-schema/label-schema";
import { quote } from "~/quote";

/**
 * Holds that everything that was picked lies below the root.
 * @throws DomainError "invalid" that names what does not
 */
export function requireBelow({ prefix, name }: AttributeRoot, keys: readonly string[]): void {
  const outside = keys.find((key) => !key.startsWith(prefix) || key === prefix);
  if (outside === undefined) return;
  throw new DomainError("invalid", `${quote(outside)} does not lie below ${prefix}, the folder of ${name}.`);
}

/**
 * The group that an object lies in, directly.
 * @throws DomainError "invalid" for what lies at the root, deeper, or elsewhere
 */
export function groupOfKey(root: AttributeRoot, key: string): string {
  requireBelow(root, [key]);
  const [group, file, ...deeper] = key.slice(root.prefix.length).split("/");
  if (group !== undefined && file && deeper.length === 0) return group;
  throw new DomainError("invalid", `${quote(key)} does not lie directly in a group of ${root.name}.`);
}
