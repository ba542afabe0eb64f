import { findImageIds } from "~/features/attribute-groups/find-image-ids.server";
import type { Ports } from "~/ports/index.server";
import { pickTrial } from "./pick-trial.server";
import { quoteTrial } from "./quote-trial.server";
import { type PlannedSwap, requireSwap } from "./swap-of-plan.server";
import type { LeftOut } from "./trial-words";

/** A reference image; `imageId` is null for one that the index does not know. */
type Shown = { key: string; etag: string; imageId: number | null };

/** What a trial would draw and cost if it were started now. Nothing is paid. */
export type TrialPreview = {
  what: string;
  old: Shown;
  new: Shown;
  generations: {
    id: string;
    prompt: string;
    createdAt: Date;
    model: string;
    size: string;
    aspectRatio: string | null;
  }[];
  leftOut: LeftOut;
  /** USD of all pictures; null: not known. */
  usd: number | null;
  mostUsd: number | null;
};

/** @throws what `requireSwap` and `quoteTrial` throw */
export async function previewTrial(
  ports: Pick<Ports, "db" | "model" | "clock">,
  planId: number,
  signal?: AbortSignal,
): Promise<TrialPreview> {
  const swap = await requireSwap(ports, planId);
  const { generations, leftOut } = await pickTrial(ports, swap);
  const { usd, mostUsd } = await quoteTrial(ports, generations, signal);
  return {
    ...(await readShown(ports, swap)),
    generations: generations.map(({ id, prompt, createdAt, request: { model, size, aspectRatio } }) => {
      return { id, prompt, createdAt, model, size, aspectRatio };
    }),
    ...{ leftOut, usd, mostUsd },
  };
}

async function readShown({ db }: Pick<Ports, "db">, { what, ...swap }: PlannedSwap) {
  const ids = await findImageIds(db, [swap.old, swap.new]);
  const shown = (one: { key: string; etag: string }): Shown => ({ ...one, imageId: ids.get(one.key) ?? null });
  return { what, old: shown(swap.old), new: shown(swap.new) };
}
