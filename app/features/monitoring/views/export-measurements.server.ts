import { pagesByKey } from "~/features/pages-by-key.server";
import type { Db, Prisma } from "~/ports/db.server";

const PAGE = 1_000;

/** Measurements since a time, of one check or of all, the newest first, in pages. */
export const exportMeasurements = (
  db: Db,
  { check, since }: { check: string | null; since: Date },
): AsyncGenerator<Prisma.CheckGetPayload<object>[]> =>
  pagesByKey(PAGE, (last) =>
    db.check.findMany({
      where: { ...(check !== null && { name: check }), at: { gte: since }, ...(last && { id: { lt: last.id } }) },
      orderBy: { id: "desc" },
      take: PAGE,
    }),
  );
