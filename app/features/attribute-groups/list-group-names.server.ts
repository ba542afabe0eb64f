import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Db } from "~/ports/db.server";
import { newestOf } from "./snapshots/newest-snapshot";

/** The groups of one root by name, as its last audit saw them; none where it was never audited. */
type RootGroups = { root: string; groups: string[] };

/** The groups of every root, in the order of labels/schema.json. */
export async function listGroupNames({ db }: { db: Db }): Promise<RootGroups[]> {
  const { roots } = await loadLabelSchema();
  return Promise.all(
    roots.map(async ({ name }) => {
      const snapshot = await db.groupSnapshot.findFirst({
        ...newestOf(name),
        select: { groups: { orderBy: { name: "asc" }, select: { name: true } } },
      });
      return { root: name, groups: (snapshot?.groups ?? []).map((group) => group.name) };
    }),
  );
}
