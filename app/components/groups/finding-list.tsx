import { Link } from "@remix-run/react";
import { Time } from "~/components/time";
import { findingPath } from "~/features/attribute-groups/group-slug";

import { Severity } from "./severity";

type Finding = {
  id: number;
  severity: string;
  sentence: string;
  firstSeenAt: Date;
};

/** Findings, worst first: what, and when it was first seen. Each leads to its evidence beside the groups. */
export function FindingList<F extends Finding>({
  findings,
  rootOf,
}: {
  findings: F[];
  rootOf: (finding: F) => string;
}) {
  return (
    <ul className="divide-y divide-line">
      {findings.map((finding) => (
        <li
          key={finding.id}
          className="relative flex flex-wrap items-baseline gap-x-3 px-4 py-2 hover:bg-hover max-sm:py-3"
        >
          <span className="w-20 shrink-0">
            <Severity severity={finding.severity} />
          </span>
          <Link
            to={findingPath(rootOf(finding), finding.id)}
            className="row-link min-w-0 grow basis-64 text-sm break-words"
          >
            {finding.sentence}
          </Link>
          <span className="text-xs text-muted">
            first seen <Time at={finding.firstSeenAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
