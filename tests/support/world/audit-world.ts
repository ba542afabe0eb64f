import { auditGroups } from "~/features/attribute-groups/audit/audit-groups";
import { readGroups } from "~/features/attribute-groups/read-groups.server";
import { openWorld } from "./world";

/** The prefix of the Model root of the project's own labels/schema.json. */
export const modelRoot = "references/01. Model/";

/**
 * A world with the Model root to fill and to audit.
 * @param seed keys below the root that are there from the start
 */
export async function openAudit(seed: string[] = []) {
  const world = await openWorld(seed.map((key) => modelRoot + key));
  const inRoot = <Value>(values: Record<string, Value>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [modelRoot + key, value]));
  return {
    ...world,
    putInRoot: (objects: Record<string, string>) => world.put(inRoot(objects)),
    async removeFromRoot(...keys: string[]) {
      for (const key of keys) await world.storage.delete(modelRoot + key);
    },
    audit: (payload: { root: string | null } = { root: "Model" }) => world.carryOut(auditGroups, payload),
    async readModel() {
      const view = await readGroups(world, { root: "Model" });
      if (!view) throw new Error("never audited");
      return view;
    },
    /** An indexed image below the root, as the bucket has it; with accepted labels (attribute → value). */
    async indexImage(key: string, labels: Record<string, string> = {}) {
      const head = await world.storage.head(modelRoot + key);
      if (!head) throw new Error(`no object ${key}`);
      const at = new Date(0);
      return world.db.image.create({
        data: {
          key: head.key,
          etag: head.etag,
          bytes: head.bytes,
          kind: "reference",
          modifiedAt: at,
          createdAt: at,
          labels: {
            create: Object.entries(labels).map(([attribute, value]) => ({
              attribute,
              value,
              etag: head.etag,
              source: "person",
              acceptedBy: "operator:1",
              acceptedAt: at,
            })),
          },
        },
      });
    },
    readFindings: async (where: object = { closedAt: null }) =>
      (await world.db.finding.findMany({ where })).map(
        (finding) => `${finding.type} ${finding.subject.slice(modelRoot.length)}`,
      ),
  };
}
