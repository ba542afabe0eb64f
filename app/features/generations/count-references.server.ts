import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { Db } from "~/ports/db.server";
import { foundReference } from "./import/import-generations";

const PAGE = 2_000;
const references = jsonColumn(z.array(foundReference));

/** How many generation records name an image as a reference, by its id; of no other images. All records are read for it, once. */
export async function countReferences(db: Db, signal: AbortSignal): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  const read = (last?: { id: string }) =>
    db.generation.findMany({
      where: { references: { not: "[]" }, ...(last && { id: { gt: last.id } }) },
      select: { id: true, references: true },
      orderBy: { id: "asc" },
      take: PAGE,
    });
  for await (const page of pagesByKey(PAGE, read)) {
    signal.throwIfAborted();
    for (const record of page) {
      const named = references.parse(record.references).flatMap((one) => ("imageId" in one ? [one.imageId] : []));
      for (const id of new Set(named)) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return counts;
}
