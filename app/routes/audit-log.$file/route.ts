import type { LoaderFunctionArgs } from "@remix-run/node";
import { type EventView, readEvents } from "~/features/audit-log/list-events.server";
import { parseJson } from "~/features/json-column";
import { eventFilter } from "~/features/list-filters";
import { exportOf, exportResponse } from "~/web/export.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

const columns = ["id", "at", "actor", "actorName", "action", "subject", "sentence", "detail"] as const;

/** The entries that the filter of the page keeps, newest first: /audit-log/events.csv?action=run.apply */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { format } = exportOf(params.file, ["events"]);
  const { db, clock } = context.ports;
  const filter = eventFilter.parse(new URL(request.url).searchParams, clock.now());
  return exportResponse(context, { name: "audit-log", format }, { columns, pages: readEvents({ db }, filter), toRow });
}

const toRow = ({ at, detail, ...event }: EventView) => ({
  ...event,
  at: at.toISOString(),
  detail: parseJson(detail),
});
