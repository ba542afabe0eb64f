import type { LoaderFunctionArgs } from "@remix-run/node";
import { generationFilter } from "~/features/generations/history/generation-filter";
import { exportGenerations, type ListedGeneration } from "~/features/generations/history/list-generations.sql.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { requireKnownFilters } from "~/features/require-known-filters";
import { exportOf, exportResponse } from "~/web/export.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

const columns = [
  ...["id", "createdAt", "ownerId", "ownerName", "mode", "model", "finishReason", "usd", "runId"],
  ...["imageId", "key", "told", "references", "prompt"],
];

/** The generations that the filter of the page keeps: /generation-exports/generations.csv?mode=tone */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { format } = exportOf(params.file, ["generations"]);
  const search = new URL(request.url).searchParams;
  requireKnownFilters(search, { filters: generationFilter.names });
  const { roots } = await loadLabelSchema();
  const { db, clock } = context.ports;
  const pages = exportGenerations(db, { filter: generationFilter.parse(search, clock.now()), roots });
  return exportResponse(context, { name: "generations", format }, { columns, pages, toRow });
}

const toRow = ({ createdAt, owner, image, ...generation }: ListedGeneration) => ({
  ...generation,
  ...{ createdAt: createdAt.toISOString(), ownerId: owner?.id ?? null, ownerName: owner?.name ?? null },
  ...{ imageId: image?.id ?? null, key: image?.key ?? null },
});
