import { StartRunForm } from "~/components/runs/start-run-form";
import { Time } from "~/components/time";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import { TextLink } from "~/components/ui/text-link";
import type { WebhookView } from "~/features/alert-webhook/webhook-view";
import { plural } from "~/features/format";

/** How it goes with the webhook now, and a message to try it. */
export function WebhookPanel({ webhook, returnTo }: { webhook: WebhookView; returnTo: string }) {
  const { host, deliveredAt, failed, failingSince, due, pausedRunId, isTesting } = webhook;
  return (
    <Panel title="Alerts in your chat" aside={<State webhook={webhook} />}>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 text-sm">
        <div className="min-w-0 flex-1 basis-72 space-y-1">
          <p className="flex flex-wrap gap-x-3 text-muted">
            <span className="text-ink [overflow-wrap:anywhere]">{host}</span>
            <span>
              {deliveredAt ? (
                <>
                  took its last message <Time at={deliveredAt} />
                </>
              ) : (
                "was sent no message yet"
              )}
            </span>
            {due > 0 && <span>{plural(due, "alert")} to send</span>}
          </p>
          {failed && (
            <p className={failingSince ? "[overflow-wrap:anywhere]" : "text-muted [overflow-wrap:anywhere]"}>
              {failingSince ? "Last tried" : "Last failed"} <Time at={failed.at} />: {failed.problem}
            </p>
          )}
          {pausedRunId !== null && (
            <p>
              Nothing is sent until <TextLink to={`/job-runs/${pausedRunId}`}>run {pausedRunId}</TextLink> is resumed.
            </p>
          )}
        </div>
        <StartRunForm kind="test-webhook" variant="secondary" isRunning={isTesting} returnTo={returnTo}>
          Send a test message
        </StartRunForm>
      </div>
    </Panel>
  );
}

function State({ webhook: { pausedRunId, failingSince, deliveredAt } }: { webhook: WebhookView }) {
  if (pausedRunId !== null) return <Status tone="warn">Paused</Status>;
  if (failingSince) {
    return (
      <Status tone="bad">
        Failing since <Time at={failingSince} />
      </Status>
    );
  }
  return deliveredAt ? <Status tone="good">Healthy</Status> : <Status tone="idle">Not used yet</Status>;
}
