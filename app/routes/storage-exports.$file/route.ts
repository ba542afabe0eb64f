import type { LoaderFunctionArgs } from "@remix-run/node";
import { exportDuplicates } from "~/features/duplicates/list-duplicates.sql.server";
import { wantedDuplicates } from "~/features/duplicates/wanted-duplicates";
import type { Json } from "~/features/json-column";
import { requireKnownFilters } from "~/features/require-known-filters";
import { dimensionOf, exportGrowth, exportTotals } from "~/features/storage-totals/views/export-storage.server";
import { exportGone } from "~/features/thumbnails/orphans/read-orphans.server";
import { exportThumbnailStates } from "~/features/thumbnails/read-thumbnail-states.server";
import { exportOf, exportResponse } from "~/web/export.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

/** What narrows each list, and what its file says of a row. */
const lists = {
  totals: {
    filters: ["by"],
    columns: ["by", "name", "label", "ownerId", "objects", "bytes", "usdPerMonth", "asOf"],
  },
  growth: { filters: [], columns: ["takenAt", "objects", "bytes", "hiddenObjects", "hiddenBytes"] },
  thumbnails: { filters: [], columns: ["state", "images"] },
  duplicates: {
    filters: ["kind", "owner"],
    columns: ["group", "ownerId", "ownerName", "imageId", "key", "bytes", "width", "height", "distance"],
  },
  orphans: { filters: [], columns: ["id", "key", "goneAt", "bytes", "trashRunId"] },
};
const names = ["totals", "growth", "thumbnails", "duplicates", "orphans"] as const;

/**
 * What the pages of storage list: /storage-exports/totals.csv?by=owner is the newest snapshot by one dimension, growth.csv all
 * snapshots, thumbnails.csv their states, duplicates.csv?kind=alike&owner=mina the groups of that kind and owner, and
 * orphans.csv the images that are gone.
 */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { list, format } = exportOf(params.file, names);
  const { searchParams } = new URL(request.url);
  const { filters, columns } = lists[list];
  requireKnownFilters(searchParams, { filters });
  const { ports } = context;
  const send = <Row extends Record<string, Json>>(name: string, pages: AsyncGenerator<Row[]>) =>
    exportResponse(context, { name, format }, { columns, pages, toRow: (row) => row });
  switch (list) {
    case "totals": {
      const dimension = dimensionOf(searchParams);
      return send(`storage-by-${dimension}`, exportTotals(ports, dimension));
    }
    case "growth":
      return send("storage-growth", exportGrowth(ports));
    case "thumbnails":
      return send("thumbnails", exportThumbnailStates(ports));
    case "duplicates": {
      const wanted = wantedDuplicates(searchParams);
      return send(`duplicates-${wanted.kind}`, exportDuplicates(ports.db, wanted));
    }
    case "orphans":
      return send("orphans", withTimes(exportGone(ports)));
  }
}

async function* withTimes<Row extends { goneAt: Date }>(pages: AsyncIterable<Row[]>) {
  for await (const page of pages) yield page.map(({ goneAt, ...row }) => ({ ...row, goneAt: goneAt.toISOString() }));
}
