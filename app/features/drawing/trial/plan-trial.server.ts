import { findImageIds } from "~/features/attribute-groups/find-image-ids.server";
import type { ShownPicture } from "~/features/drawing/draw-images";
import { readDrawTerms } from "~/features/drawing/draw-terms.server";
import { folderOfDrawings } from "~/features/drawing/drawing-key";
import { count, dollars, listOf } from "~/features/format";
import type { ItemHandler, PlannedItem } from "~/features/job-runs/kinds/handler";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import { isReplaced, type Triable } from "./judge-generation.server";
import { requireTriable } from "./pick-trial.server";
import { quoteTrial } from "./quote-trial.server";
import type { Swap, TrialItem, TrialPayload } from "./try-reference";

/**
 * Two items a generation, the old reference first, one generation after the other: a budget that ends early leaves whole pairs. What
 * each shows is frozen here: a picture that changes later stops it.
 */
export const planTrial: ItemHandler<TrialPayload>["plan"] = async function* (ports, { runId, payload, signal }) {
  const { swap } = payload;
  const terms = await readDrawTerms(ports, runId);
  const generations = await requireTriable(ports, swap, payload.generations);
  const { textTokens, usd: quoteUsd, mostUsd } = await quoteTrial(ports, generations, signal);
  await ports.db.drawRun.update({ where: { jobRunId: runId }, data: { quoteUsd, mostUsd } });
  const incoming = await readIncoming(ports, swap);
  yield generations.flatMap((one, at) => toItems(one, { at, swap, incoming, textTokens: textTokens[at] ?? 0 }));
  const { budgetUsd } = terms;
  const pictures = 2 * generations.length;
  return {
    images: pictures,
    samples: [...shownOld(generations, swap), incoming].flatMap(({ imageId }) => imageId ?? []),
    s3Calls: generations.reduce((sum, { shown }) => sum + 2 * (shown.length + 4), 0),
    ...(quoteUsd !== null && { quote: { expectedUsd: quoteUsd, ...(mostUsd !== null && { mostUsd }) } }),
    facts: [
      { label: "Old reference", value: quoteKey(swap.old.key) },
      { label: "New reference", value: quoteKey(swap.new.key) },
      { label: "Generations", value: `${count(generations.length)}, each drawn with the old and with the new one` },
      { label: "Models", value: listOf([...new Set(generations.map(({ facts }) => facts.model))]) },
      { label: "Goes to", value: folderOfDrawings(null, terms.createdAt) },
      { label: "Budget", value: dollars(budgetUsd) },
    ],
    ...(quoteUsd !== null &&
      quoteUsd > budgetUsd && {
        warnings: [
          `The budget of ${dollars(budgetUsd)} is less than the quote of ${dollars(quoteUsd)} for ${count(pictures)} pictures: the run pauses when it is spent.`,
        ],
      }),
  };
};

const shownOld = ([first]: readonly Triable[], swap: Swap) => first?.shown.filter(isReplaced(swap)).slice(0, 1) ?? [];

type Place = { at: number; swap: Swap; incoming: ShownPicture; textTokens: number };

function toItems({ id, request, take, shown }: Triable, { at, swap, incoming, textTokens }: Place): PlannedItem[] {
  const swapped = shown.map((one) => (isReplaced(swap)(one) ? incoming : one));
  return (["old", "new"] as const).map((reference, side) => {
    const picture = 2 * at + side + 1;
    const before: TrialItem = {
      ...{ picture, generation: id, reference, request, take, textTokens },
      shown: reference === "old" ? shown : swapped,
    };
    return { subject: String(picture), label: `Generation ${at + 1}, ${reference} reference`, before };
  });
}

/** The new reference as it is shown in the place of the old one. */
async function readIncoming({ db }: Pick<Ports, "db">, { new: { key, etag } }: Swap): Promise<ShownPicture> {
  const imageId = (await findImageIds(db, [{ key, etag }])).get(key) ?? null;
  const row = imageId === null ? null : await db.image.findUnique({ where: { id: imageId }, select: { bytes: true } });
  return { role: "reference", imageId, key, etag, bytes: row ? Number(row.bytes) : null };
}
