import { Link } from "@remix-run/react";
import { count } from "~/components/format";
import { errorClassWords } from "~/components/runs/error-class";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";

type Failure = { errorClass: string; count: number; sample: string };

/** What failed, by class, each with one of its sentences. */
export function Failures({ failures }: { failures: Failure[] }) {
  return (
    <Panel title="Failed by class" isPadded={false}>
      <ul className="divide-y divide-line">
        {failures.map((failure) => (
          <li key={failure.errorClass} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2.5">
            <Link
              to={`?outcome=failed&class=${encodeURIComponent(failure.errorClass)}`}
              preventScrollReset
              className="link inline-flex min-w-11 items-center text-sm max-sm:min-h-11"
            >
              {errorClassWords(failure.errorClass)}
            </Link>
            <Status tone="bad">{count(failure.count)} failed</Status>
            <p className="w-full text-sm break-words text-muted">{failure.sample}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
