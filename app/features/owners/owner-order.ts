import { DomainError } from "~/features/domain-error";
import { quote } from "~/quote";
import type { OwnerQuota } from "./quota/owner-quota";

/** An owner with what it has of the bucket's images. */
export type OwnerRow = {
  id: string;
  name: string;
  email: string | null;
  images: number;
  bytes: number;
  lastImageAt: Date | null;
  quota: OwnerQuota;
};

type Order = (a: OwnerRow, b: OwnerRow) => number;

const names = new Intl.Collator("en-US", { numeric: true });
const byName: Order = (a, b) => names.compare(a.name, b.name) || names.compare(a.id, b.id);
export const ownerOrders = {
  name: byName,
  images: (a, b) => b.images - a.images || byName(a, b),
  bytes: (a, b) => b.bytes - a.bytes || byName(a, b),
  last: (a, b) => (b.lastImageAt?.getTime() ?? 0) - (a.lastImageAt?.getTime() ?? 0) || byName(a, b),
} satisfies Record<string, Order>;

export type OwnerOrder = keyof typeof ownerOrders;

/**
 * The order that an address names; by name where it names none.
 * @throws DomainError "invalid" for one that is not known
 */
export function parseOwnerOrder(text: string | null): OwnerOrder {
  if (text === null) return "name";
  const order = (Object.keys(ownerOrders) as OwnerOrder[]).find((name) => name === text);
  if (order) return order;
  const known = Object.keys(ownerOrders).join(", ");
  throw new DomainError("invalid", `There is no order called ${quote(text)}. Orders of owners are ${known}.`);
}
