import { z } from "zod";
import { dollars } from "~/features/format";
import { archivedLeftOut } from "~/features/images/archived";
import { selectedWhere } from "~/features/images/query/image-query.sql.server";
import { rememberUnreadable } from "~/features/images/remember-unreadable.server";
import { changedSincePlan, goneSincePlan } from "~/features/images/since-plan";
import type { ItemHandler, ItemResult, OpenItem, PlannedItem } from "~/features/job-runs/kinds/handler";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { isKnownError } from "~/features/known-error";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { Ports } from "~/ports/index.server";
import type { Embedding, EmbeddingState } from "./embed-images";
import { type EmbedTerms, readEmbedTerms } from "./embed-terms.server";
import { embedded, hasOneByNow } from "./embed-together.server";
import { priceOfImages } from "./make-embed-call.server";
import { countEmbeddingStates, countStatesOf, findImagesToEmbed, type ToEmbed } from "./missing-embeddings.sql.server";
import { openEmbedRun } from "./open-embed-run.server";
import { pictureToEmbed } from "./picture-to-embed.server";
import { undoEmbeddings } from "./undo-embeddings.server";

const PAGE = 1_000;
/** Images of a plan that people see. */
const SAMPLES = 8;

export const embedImagesHandler: ItemHandler<Embedding> = {
  async *plan(ports, { runId, payload: { selection } }) {
    const { db, clock } = ports;
    const run = await readEmbedTerms(ports, runId);
    const selected = selection ? selectedWhere(selection, { now: clock.now(), ...(await loadLabelSchema()) }) : null;
    const scope = { wanted: run, selected };
    const samples: number[] = [];
    let images = 0;
    let stale = 0;
    const readPage = (last?: ToEmbed) => findImagesToEmbed(db, scope, { afterId: last?.id ?? 0, limit: PAGE });
    for await (const page of pagesByKey(PAGE, readPage)) {
      images += page.length;
      stale += page.filter(({ madeOf }) => madeOf !== null).length;
      samples.push(...page.slice(0, SAMPLES - samples.length).map(({ id }) => id));
      yield page.map((image) => toItem(run, image));
    }
    const left = selected ? await countStatesOf(db, scope) : await countEmbeddingStates(db, run);
    return {
      images,
      present: [
        { what: "no vector", count: images - stale },
        { what: "an older vector", count: stale },
      ],
      leftOut: [
        { what: "Already have a vector", count: left.made },
        { what: "Left out as unreadable", count: left.unreadable },
        ...archivedLeftOut(left.archived),
      ],
      samples,
      s3Calls: images,
      ...(await quote(ports, run, images)),
    };
  },

  async apply(ports, item, context) {
    const run = await openEmbedRun(ports, context.runId).catch(pauseFor);
    if ("outcome" in run) return run;
    const place = run.begin();
    try {
      const found = await lookFor(ports, run, item);
      if ("outcome" in found) return found;
      const picture = await pictureToEmbed(ports, found, context.signal);
      if ("outcome" in picture) return picture;
      if (!picture.ok) return rememberUnreadable(found, picture);
      const { signal, waiting } = context;
      const member = { ports, image: found, picture: { bytes: picture.body, contentType: "image/jpeg" } };
      return await place.join({ ...member, signal, waiting }, signal);
    } finally {
      place.leave();
    }
  },

  undo: undoEmbeddings,
};

const toItem = ({ model, dimensions }: EmbedTerms, { id, key, etag, madeOf }: ToEmbed): PlannedItem => {
  const state = (of: string | null): EmbeddingState => ({ etag: of, model, dimensions });
  return { subject: String(id), label: key, etag, before: state(madeOf), target: state(etag) };
};

/** What so many images cost by today's price, which is kept with the run. */
async function quote(
  { db, clock }: Pick<Ports, "db" | "clock">,
  run: EmbedTerms,
  images: number,
): Promise<Pick<PlanSummary, "quote" | "facts" | "warnings">> {
  const facts = run.factsAt(clock.now());
  const quoteUsd = priceOfImages(facts, images);
  await db.embedRun.update({ where: { jobRunId: run.runId }, data: { quoteUsd } });
  const { model, dimensions, budgetUsd } = run;
  return {
    ...(quoteUsd !== null && { quote: { expectedUsd: quoteUsd } }),
    facts: [
      { label: "Model", value: `${model}, ${dimensions} numbers a vector` },
      { label: "Requests", value: `${facts.most.images} images each, ${facts.imageTokens} tokens an image` },
      { label: "Budget", value: dollars(budgetUsd) },
    ],
    ...(quoteUsd !== null &&
      quoteUsd > budgetUsd && {
        warnings: [
          `The budget of ${dollars(budgetUsd)} is less than the quote of ${dollars(quoteUsd)}: the run pauses when it is spent.`,
        ],
      }),
  };
}

const plannedItem = z.object({ subject: z.coerce.number().int(), label: z.string(), etag: z.string() });

/** The image of an item, or how the item ends that asks the model nothing. */
async function lookFor({ db }: Pick<Ports, "db">, run: EmbedTerms, item: OpenItem) {
  const { subject: id, label: key, etag } = plannedItem.parse(item);
  const row = await db.image.findUnique({ where: { id }, select: { etag: true, goneAt: true, thumbnailEtag: true } });
  if (!row || row.goneAt !== null) return goneSincePlan;
  if (row.etag !== etag) return changedSincePlan;
  const image = { id, key, etag, thumbnailEtag: row.thumbnailEtag };
  const made = await db.imageEmbedding.findUnique({
    where: { imageId_model: { imageId: id, model: run.model } },
    select: { etag: true, dimensions: true, jobRunId: true },
  });
  if (made?.etag !== etag || made.dimensions !== run.dimensions) return image;
  // A worker that died before it could say so has made it.
  return made.jobRunId === run.runId ? embedded(run, image) : hasOneByNow;
}

/** A run without terms is none that its images could mend: it pauses, and says so once. */
function pauseFor(error: unknown): ItemResult {
  if (!isKnownError(error, "DomainError")) throw error;
  return { outcome: "open", pause: error.message };
}
