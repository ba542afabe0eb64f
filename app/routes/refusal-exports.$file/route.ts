import type { LoaderFunctionArgs } from "@remix-run/node";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { exportRefused } from "~/features/labeling/refusals/read-refusals.sql.server";
import { type RefusedImage, refusalFilter } from "~/features/labeling/refusals/refusals";
import { exportOf, exportResponse } from "~/web/export.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

const columns = ["imageId", "key", "runId", "prompt", "model", "code", "message", "at"] as const;

/** The refused images that the filter of the page keeps: /refusal-exports/refusals.csv?run=12&reason=IMAGE_SAFETY */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { format } = exportOf(params.file, ["refusals"]);
  const filter = refusalFilter.parse(Object.fromEntries(new URL(request.url).searchParams));
  const { roots } = await loadLabelSchema();
  const pages = exportRefused(context.ports.db, filter, roots);
  return exportResponse(context, { name: "refusals", format }, { columns, pages, toRow });
}

const toRow = ({ id: _, etag: _etag, at, ...image }: RefusedImage) => ({ ...image, at: at.toISOString() });
