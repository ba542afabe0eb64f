import { DomainError } from "~/features/domain-error";
import { groupReader } from "~/features/label-schema/group-of-key";
import type { LabelSchema } from "~/features/label-schema/label-schema";
import { nameActors } from "~/features/operators/name-actors.server";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { type ComparedProposal, listCompared } from "./list-compared.sql.server";
import { readMatrix } from "./read-matrix.sql.server";
import { readPromotions } from "./read-promotions.server";
import { readPulse } from "./read-pulse.sql.server";
import { readStated } from "./read-stated.sql.server";
import { countFiltered, type Review, type ReviewedProposal } from "./review";
import type { ReviewFilter, ReviewOrder, ReviewPlace } from "./review-filter";

/** Proposals that are read at once; each is drawn with its picture. */
const PAGE = 60;
const EXPORT_PAGE = 1_000;

type Asked = { runId: number; filter: ReviewFilter; order: ReviewOrder; schema: LabelSchema };

/**
 * The review of a label run: its matrices and a page of its proposals.
 * @param input.runId of the job run
 * @param input.schema labels/schema.json
 * @throws DomainError "not-found"
 */
export async function readReview(
  deps: { db: Db; clock: Clock },
  input: Asked & { from: ReviewPlace },
): Promise<Review> {
  const { runId, filter, order, from, schema } = input;
  // First: what changes while the rest is read makes the page read it again.
  const pulse = await readPulse(deps, runId);
  const { labelRunId, stated } = await open(deps, input);
  const attributes = Object.keys(schema.attributes);
  const { matrices, counts } = await readMatrix(deps, { labelRunId, filter, stated, attributes });
  const listed = { labelRunId, filter, stated, order, from, limit: PAGE + 1 };
  // What nothing matches would be looked for to the end of the run.
  const { changes, same } = countFiltered(matrices, filter);
  const found = changes + (filter.same ? same : 0) > 0 ? await listCompared(deps, listed) : [];
  const isBackwards = from !== null && "before" in from;
  const hasMore = found.length > PAGE;
  const shown = isBackwards ? found.slice(-PAGE) : found.slice(0, PAGE);
  const [first, last] = [shown.at(0), shown.at(-1)];
  return {
    ...{ pulse, filter, order, counts, matrices },
    promotions: await readPromotions(deps, { labelRunId, runId }),
    proposals: await describe(deps, shown, schema),
    before: first && (isBackwards ? hasMore : from !== null) ? first.id : null,
    after: last && (isBackwards || hasMore) ? last.id : null,
  };
}

/**
 * All proposals of a label run that a filter keeps, in pages: for a file.
 * @throws DomainError "not-found"
 */
export async function* exportReview(deps: { db: Db }, input: Asked): AsyncGenerator<ReviewedProposal[], void> {
  const { filter, order, schema } = input;
  const { labelRunId, stated } = await open(deps, input);
  const pages = pagesByKey<ComparedProposal>(EXPORT_PAGE, (last) =>
    listCompared(deps, {
      ...{ labelRunId, filter, stated, order, limit: EXPORT_PAGE },
      from: last === undefined ? null : { after: last.id },
    }),
  );
  for await (const page of pages) yield await describe(deps, page, schema);
}

async function open({ db }: { db: Db }, { runId, filter, schema }: Asked) {
  const run = await db.labelRun.findUnique({ where: { jobRunId: runId }, select: { id: true } });
  if (!run) throw new DomainError("not-found", `There is no label run ${runId}.`);
  const stated = filter.folder ? await readStated({ db }, { labelRunId: run.id, schema }) : [];
  return { labelRunId: run.id, stated };
}

async function describe(
  { db }: { db: Db },
  proposals: readonly ComparedProposal[],
  schema: LabelSchema,
): Promise<ReviewedProposal[]> {
  const nameOf = await nameActors(
    db,
    proposals.flatMap(({ acceptedBy }) => acceptedBy ?? []),
  );
  const groupOf = groupReader(schema);
  return proposals.map(({ acceptedBy, ...proposal }) => {
    const group = groupOf(proposal.key);
    const acceptedByName = acceptedBy === null ? null : nameOf(acceptedBy);
    return {
      ...proposal,
      acceptedByName,
      group: group?.name ?? null,
      folder: group?.attributes[proposal.attribute] ?? null,
    };
  });
}
