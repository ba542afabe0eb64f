import { baseName } from "~/features/images/key-layout";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import type { GenerationFilter } from "./generation-filter";

/** What a filter wants to have been used, in words; null: it does not say. */
export async function readReferenceWords(
  db: Db,
  { reference, key, root, group }: GenerationFilter,
): Promise<Record<"reference" | "key" | "group", string | null>> {
  const image =
    reference === undefined ? null : await db.image.findUnique({ where: { id: reference }, select: { key: true } });
  const ofImage = image
    ? `${image.key.split("/").slice(-2, -1).join("")}/${baseName(image.key)}`
    : `image ${reference}`;
  return {
    reference: reference === undefined ? null : ofImage.replace(/^\//, ""),
    key: key ?? null,
    group: root === undefined ? null : group === undefined ? `any of ${quote(root)}` : group,
  };
}
