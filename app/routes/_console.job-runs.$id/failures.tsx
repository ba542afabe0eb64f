import { useHasRole } from "~/components/operator";
import { errorClassWords } from "~/components/runs/error-class";
import { RetryButton } from "~/components/runs/run-actions";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import { TextLink } from "~/components/ui/text-link";
import { count } from "~/features/format";
import { quote } from "~/quote";

type Failure = { errorClass: string; count: number; sample: string };

/** What failed, by class, each with one of its sentences and another try. */
export function Failures({ run, isRetried }: { run: { failed: number; failures: Failure[] }; isRetried: boolean }) {
  const canRetry = useHasRole("operator") && isRetried;
  const { failures } = run;
  return (
    <Panel
      title="Failures by cause"
      isPadded={false}
      aside={canRetry && failures.length > 1 && <RetryButton>Retry all {count(run.failed)} failed</RetryButton>}
    >
      <ul className="divide-y divide-line">
        {failures.map((failure) => (
          <li key={failure.errorClass} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
            <div className="min-w-0 grow basis-72">
              <p className="flex flex-wrap items-baseline gap-x-3">
                <TextLink
                  to={`?outcome=failed&class=${encodeURIComponent(failure.errorClass)}`}
                  preventScrollReset
                  className="text-sm font-medium"
                >
                  {errorClassWords(failure.errorClass)}
                </TextLink>
                <Status tone="bad">{count(failure.count)} failed</Status>
              </p>
              <p className="text-sm break-words text-muted">{failure.sample}</p>
            </div>
            {canRetry && (
              <RetryButton errorClass={failure.errorClass}>
                Retry {count(failure.count)} failed
                <span className="sr-only"> as {quote(errorClassWords(failure.errorClass))}</span>
              </RetryButton>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
