import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireKnownFilters } from "~/features/require-known-filters";
import { dimensionOf, exportGrowth, exportTotals } from "~/features/storage-totals/views/export-storage.server";
import { exportOf, exportResponse } from "~/web/export.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

const totalColumns = ["by", "name", "label", "ownerId", "objects", "bytes", "usdPerMonth", "asOf"] as const;
const growthColumns = ["takenAt", "objects", "bytes", "hiddenObjects", "hiddenBytes"] as const;

/** The newest snapshot by one dimension, /storage-exports/totals.csv?by=owner, or all snapshots, /storage-exports/growth.csv */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { list, format } = exportOf(params.file, ["totals", "growth"]);
  const { searchParams } = new URL(request.url);
  if (list === "growth") {
    requireKnownFilters(searchParams, { filters: [] });
    const pages = exportGrowth(context.ports);
    return exportResponse(
      context,
      { name: "storage-growth", format },
      { columns: growthColumns, pages, toRow: asItIs },
    );
  }
  requireKnownFilters(searchParams, { filters: ["by"] });
  const dimension = dimensionOf(searchParams);
  const pages = exportTotals(context.ports, dimension);
  return exportResponse(
    context,
    { name: `storage-by-${dimension}`, format },
    { columns: totalColumns, pages, toRow: asItIs },
  );
}

const asItIs = <Row>(row: Row) => row;
