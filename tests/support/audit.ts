import { auditGroups } from "~/features/attribute-groups/audit/audit-groups";
import { auditGroupsHandler } from "~/features/attribute-groups/audit/audit-groups.server";
import { readGroups } from "~/features/attribute-groups/read-groups.server";
import { openScan } from "./scan";

/** The prefix of the Model root of the project's own labels/schema.json. */
export const modelRoot = "references/01. Model/";

/**
 * A scan's database and bucket, with the Model root to fill and to audit.
 * @param seed keys below the root that are there from the start
 */
export async function openAudit(seed: string[] = []) {
  const scan = await openScan(seed.map((key) => modelRoot + key));
  const inRoot = <Value>(values: Record<string, Value>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [modelRoot + key, value]));
  return {
    ...scan,
    putInRoot: (objects: Record<string, string>) => scan.put(inRoot(objects)),
    async removeFromRoot(...keys: string[]) {
      for (const key of keys) await scan.storage.delete(modelRoot + key);
    },
    audit: (payload: { root: string | null } = { root: "Model" }) =>
      scan.carryOut(auditGroups, auditGroupsHandler, payload),
    async readModel() {
      const view = await readGroups(scan, { root: "Model" });
      if (!view) throw new Error("never audited");
      return view;
    },
    /** An indexed image below the root, as the bucket has it; with accepted labels (attribute → value). */
    async indexImage(key: string, labels: Record<string, string> = {}) {
      const head = await scan.storage.head(modelRoot + key);
      if (!head) throw new Error(`no object ${key}`);
      const at = new Date(0);
      return scan.db.image.create({
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
      (await scan.db.finding.findMany({ where })).map(
        (finding) => `${finding.type} ${finding.subject.slice(modelRoot.length)}`,
      ),
  };
}
