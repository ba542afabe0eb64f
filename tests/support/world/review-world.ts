import type { Label } from "~/ports/db.server";
import { openTestPorts } from "./nowhere";

/** A proposal of the test's own: of image n (1, 2, …), with the present label of its attribute, if there is one. */
export type ProposedRow = {
  image: number;
  attribute?: string;
  value: string;
  confidence?: number | null;
  /** What the present label says, and from whom; of former bytes where it is stale. */
  old?: { value: string; source?: Label["source"]; isStale?: boolean };
  /** The model was shown other bytes. */
  isOutdated?: boolean;
};

const at = new Date("2026-11-29T12:00:00Z");

/**
 * A database with one label run (job run 1) and its proposals. Image n lies at references/01. Model/front_warm/n.png, from the
 * seventh on at uploads/u-1/2026/11/n.png. The clock stands still until it is moved.
 */
export async function openReview(proposals: ProposedRow[]) {
  const ports = await openTestPorts();
  const { db } = ports;
  const clock = { at, now: () => clock.at };
  const images = [...new Set(proposals.map(({ image }) => image))];
  await db.image.createMany({
    data: images.map((n) => ({
      id: n,
      key: n < 7 ? `references/01. Model/front_warm/${n}.png` : `uploads/u-1/2026/11/${n}.png`,
      etag: `e${n}`,
      ...{ bytes: 1n, kind: "reference", modifiedAt: at, createdAt: at },
    })),
  });
  await db.jobRun.create({
    data: {
      ...{ id: 1, kind: "label-run", title: "Label run", lane: 0, status: "succeeded", payload: "{}" },
      ...{ actor: "operator:1", actorName: "Mina", createdAt: at },
    },
  });
  const { id: labelRunId } = await db.labelRun.create({ data: { jobRunId: 1, scope: "{}", createdAt: at } });
  for (const { image, attribute = "ageRange", value, confidence = 0.9, old, isOutdated } of proposals) {
    const of = { imageId: image, attribute };
    await db.proposal.create({
      data: { ...of, labelRunId, value, confidence, etag: isOutdated ? "former" : `e${image}`, createdAt: at },
    });
    if (!old) continue;
    const from = { source: old.source ?? "model", acceptedBy: "operator:1", acceptedAt: at };
    await db.label.create({ data: { ...of, value: old.value, etag: old.isStale ? "former" : `e${image}`, ...from } });
  }
  return { ...ports, clock, labelRunId, runId: 1 };
}
