import { DomainError } from "~/features/domain-error";
import { quote } from "~/quote";

/** In which order images are listed, and which way. Equal ones follow their ids, the same way. */
export type ImageOrder = { by: "created" | "key" | "bytes"; direction: "asc" | "desc" };

/** Where a page begins: behind this place, or it ends before it; null: at the first image. */
export type PageFrom = { after: Cursor } | { before: Cursor } | null;

/** A place between two images, as an address holds it: the id of one and what it is ordered by, "12.1764412800000". */
export type Cursor = string;

export const imageOrders = ["created-desc", "created-asc", "key-asc", "key-desc", "bytes-desc", "bytes-asc"] as const;
const newestFirst: ImageOrder = { by: "created", direction: "desc" };

/** @throws DomainError "invalid" for an order that there is none of */
export function parseImageOrder(text: string | null): ImageOrder {
  if (text === null) return newestFirst;
  const known = imageOrders.find((order) => order === text);
  if (!known) {
    throw new DomainError("invalid", `There is no order called ${quote(text)}. Orders are ${imageOrders.join(", ")}.`);
  }
  const [by, direction] = known.split("-") as [ImageOrder["by"], ImageOrder["direction"]];
  return { by, direction };
}

type Ordered = { id: number; key: string; bytes: number; createdAt: Date };

export function cursorOf(image: Ordered, { by }: ImageOrder): Cursor {
  const value = { created: image.createdAt.getTime(), key: image.key, bytes: image.bytes }[by];
  return `${image.id}.${value}`;
}

/** @throws DomainError "invalid" for a text that is no cursor of this order */
export function parseCursor(cursor: Cursor, { by }: ImageOrder): { id: number; value: string | number } {
  const [, id = "", value = ""] = /^(\d{1,15})\.(.+)$/s.exec(cursor) ?? [];
  if (id === "" || (by !== "key" && !/^-?\d{1,16}$/.test(value))) {
    throw new DomainError("invalid", `${quote(cursor)} is not a place in this list. Start from its first page.`);
  }
  return { id: Number(id), value: by === "key" ? value : Number(value) };
}
