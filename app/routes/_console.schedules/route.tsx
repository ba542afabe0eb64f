import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { CalendarClock } from "lucide-react";
import { z } from "zod";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { Table } from "~/components/lists/table";
import { useHasRole } from "~/components/operator";
import { EmptyState } from "~/components/ui/empty-state";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import { TextLink } from "~/components/ui/text-link";
import { useLive } from "~/components/use-live";
import { jobKinds } from "~/features/job-kinds.server";
import { isFinished } from "~/features/job-runs/status";
import { requireKnownFilters } from "~/features/require-known-filters";
import { isRestoreOpen } from "~/features/restore/is-restore-open.server";
import { listSchedules } from "~/features/schedules/list-schedules.server";
import { acknowledgeMissed, runScheduleNow, setScheduleEnabled } from "~/features/schedules/steer-schedule.server";
import { answerForm } from "~/web/forms/answer-form.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { commandColumn, scheduleColumns } from "./columns";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Schedules") }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "Schedules" }] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  requireKnownFilters(new URL(request.url).searchParams, { filters: [] });
  const [schedules, areHeld] = await Promise.all([listSchedules(context.ports), isRestoreOpen(context.ports.db)]);
  return { schedules, areHeld };
}

const form = z.object({ id: z.string(), intent: z.enum(["run", "enable", "disable", "acknowledge"]) });

/** Runs a schedule's work now, lets it fire or not, or takes note of what it missed. */
export function action(args: ActionFunctionArgs) {
  return answerForm(
    args,
    { role: "operator", schema: form, page: "/schedules" },
    async ({ form: { id, intent }, actor, ports, back }) => {
      switch (intent) {
        case "run":
          return redirect(`/job-runs/${(await runScheduleNow(ports, jobKinds, { id, actor })).runId}`);
        case "enable":
        case "disable":
          await setScheduleEnabled(ports, { id, actor, enabled: intent === "enable" });
          return back();
        case "acknowledge":
          await acknowledgeMissed(ports, { id, actor });
          return back();
      }
    },
  );
}

export default function Schedules() {
  const { schedules, areHeld } = useLoaderData<typeof loader>();
  const canAct = useHasRole("operator");
  // Slots pass while the page is open, so it never rests.
  useLive(schedules.some(({ last }) => last !== null && !isFinished(last.status)));
  return (
    <Page
      title="Schedules"
      meta={<span>Work that starts on its own: one run for each scheduled time, however many workers there are</span>}
    >
      {areHeld && (
        <p className="text-sm">
          <Status tone="warn">Held back:</Status> the database was restored from a backup. No schedule starts a run
          until someone acknowledges the alert on the <TextLink to="/">overview</TextLink>.
        </p>
      )}
      <Panel isPadded={false}>
        {schedules.length > 0 ? (
          <Table
            caption="Schedules"
            columns={canAct ? [...scheduleColumns, commandColumn] : scheduleColumns}
            rows={schedules}
            rowKey={({ id }) => id}
          />
        ) : (
          <EmptyState icon={CalendarClock} title="No schedules yet">
            <p>
              No worker has started yet; <code className="font-mono text-xs">npm run worker</code> writes its schedules
              here.
            </p>
          </EmptyState>
        )}
      </Panel>
    </Page>
  );
}
