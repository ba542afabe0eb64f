import { attributeWords } from "~/features/attribute-words";
import { count } from "~/features/format";
import { groupBy } from "~/features/group-by";
import type { SetHandler } from "~/features/job-runs/kinds/handler";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { labelUndo } from "~/features/labels/undo-labels.sql.server";
import type { Promotion } from "./promote-labels";
import { type PromotionCell, pickProposals, plannedLabels, promoteRange } from "./promote-labels.sql.server";

/** Images of a plan that people see. */
const SAMPLES = 8;

export const promoteLabelsHandler: SetHandler<Promotion> = {
  async *planSet({ db }, { runId, payload: { labelRunId } }, size) {
    const seen: PromotionCell[] = [];
    for await (const { ids, cells } of pickProposals(db, labelRunId)) {
      seen.push(...cells);
      const attributes = [...new Set(cells.map(({ attribute }) => attribute))];
      for (let done = 0; done < ids.length; ) {
        const page = ids.slice(done, done + size());
        yield plannedLabels(page, attributes);
        done += page.length;
      }
    }
    const first = await db.jobItem.findMany({
      where: { runId },
      orderBy: { seq: "asc" },
      // An image may have an item for each of its attributes.
      take: SAMPLES * 10,
      select: { subject: true },
    });
    const samples = [...new Set(first.map(({ subject }) => Number.parseInt(subject, 10)))].slice(0, SAMPLES);
    return { ...summarizePromotion(seen), samples };
  },

  applyChunk: async (tx, range, context) => promoteRange(tx, range, { ...context, ...(await loadLabelSchema()) }),

  undo: labelUndo,
};

const leftOutWords = {
  same: "Labeled so already",
  kept: "Kept as a person set them",
  stale: "On images that changed since the model saw them",
  gone: "On images that are gone",
} as const;

/** What a plan says of accepted proposals: for each attribute what becomes what, and what it leaves alone, by the reason. */
function summarizePromotion(cells: readonly PromotionCell[]): PlanSummary {
  const total = (some: readonly PromotionCell[]) => some.reduce((sum, { proposals }) => sum + proposals, 0);
  const changes = cells.filter(({ fate }) => fate === "new");
  const overPersons = total(changes.filter(({ old, source, value }) => source === "person" && old !== value));
  return {
    facts: [...groupBy(changes, ({ attribute }) => attribute)].map(([attribute, of]) => ({
      label: attributeWords(attribute),
      value: [...groupBy(of, ({ old, value }) => changeWords(old, value))]
        .map(([words, same]) => ({ words, proposals: total(same) }))
        .sort((a, b) => b.proposals - a.proposals || (a.words < b.words ? -1 : 1))
        .map(({ words, proposals }) => `${words}: ${count(proposals)}`)
        .join("; "),
    })),
    leftOut: (["same", "kept", "stale", "gone"] as const)
      .map((fate) => ({ what: leftOutWords[fate], count: total(cells.filter((cell) => cell.fate === fate)) }))
      .filter((left) => left.count > 0),
    ...(overPersons > 0 && {
      warnings: [
        `${count(overPersons)} of these replace what a person had set: whoever accepted them saw that and chose so, one by one.`,
      ],
    }),
  };
}

const changeWords = (old: string | null, value: string) =>
  old === value ? `${value}, for the new picture` : `${old ?? "no label"} → ${value}`;
