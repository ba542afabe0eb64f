import type { LoaderFunctionArgs } from "@remix-run/node";
import { exportMeasurements } from "~/features/monitoring/views/export-measurements.server";
import { exportOf, exportResponse } from "~/web/export.server";
import { spanOf } from "~/web/measurement-span";
import { requireOperator } from "~/web/sign-in/operator-session.server";

const columns = ["check", "at", "verdict", "level", "value", "sentence"] as const;
const DAY_MS = 24 * 60 * 60_000;

/** What checks measured over the last days: /measurement-exports/measurements.csv?days=7&check=thumbnails */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { format } = exportOf(params.file, ["measurements"]);
  const { searchParams } = new URL(request.url);
  const since = new Date(context.ports.clock.now().getTime() - spanOf(searchParams) * DAY_MS);
  const pages = exportMeasurements(context.ports.db, { check: searchParams.get("check"), since });
  return exportResponse(context, { name: "measurements", format }, { columns, pages, toRow });
}

type Row = { name: string; at: Date; verdict: string; level: string; value: number | null; sentence: string };

const toRow = ({ name, at, verdict, level, value, sentence }: Row) => ({
  ...{ check: name, verdict, level, value, sentence },
  at: at.toISOString(),
});
