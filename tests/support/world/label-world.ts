import type { Ports } from "~/ports/index.server";

const at = new Date("2026-11-29T08:00:00Z");

/** What a test says of a label; the rest does not matter to it. */
type LabelOf = {
  imageId: number;
  attribute: string;
  value: string;
  source?: "person" | "model" | "import";
  rev?: number;
  etag?: string;
};

type ProposalOf = {
  imageId: number;
  attribute: string;
  value: string;
  decision?: "open" | "accepted" | "rejected";
  overRev?: number;
  etag?: string;
  confidence?: number;
};

/** Images 1, 2, 3, … with the ETag "e", labels and label runs, in a database of a test's own. */
export function labelsOf({ db }: Pick<Ports, "db">) {
  return {
    async addImages(keys: readonly string[]) {
      await db.image.createMany({
        data: keys.map((key, n) => ({
          id: n + 1,
          key,
          etag: "e",
          bytes: 1n,
          kind: "reference",
          modifiedAt: at,
          createdAt: at,
        })),
      });
    },

    async addLabels(labels: readonly LabelOf[]) {
      await db.label.createMany({
        data: labels.map((label) => ({
          etag: "e",
          source: "person",
          acceptedBy: "operator:1",
          acceptedAt: at,
          ...label,
        })),
      });
    },

    /** A label run that is over, with what it proposed. */
    async addLabelRun(proposals: readonly ProposalOf[]) {
      const { id: runId } = await db.jobRun.create({
        data: {
          kind: "label-run",
          title: "Label run",
          lane: 0,
          status: "succeeded",
          payload: "{}",
          actor: "operator:1",
          actorName: "Mina",
          createdAt: at,
        },
      });
      const { id: labelRunId } = await db.labelRun.create({ data: { jobRunId: runId, scope: "{}", createdAt: at } });
      await db.proposal.createMany({
        data: proposals.map((proposal) => ({
          labelRunId,
          etag: "e",
          decision: "accepted",
          decidedBy: "operator:2",
          decidedByName: "Ken",
          decidedAt: at,
          createdAt: at,
          ...proposal,
        })),
      });
      return { runId, labelRunId };
    },

    /** Every present label as “image attribute value source rev”. */
    async labels() {
      const rows = await db.label.findMany({ orderBy: [{ imageId: "asc" }, { attribute: "asc" }] });
      return rows.map(
        ({ imageId, attribute, value, source, rev }) => `${imageId} ${attribute} ${value} ${source} ${rev}`,
      );
    },
  };
}
