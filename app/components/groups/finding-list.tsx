import { Link } from "@remix-run/react";
import { Time } from "~/components/time";
import { Status, type Tone } from "~/components/ui/status";
import { findingPath } from "~/features/attribute-groups/group-slug";

type Finding = {
  id: number;
  severity: string;
  sentence: string;
  firstSeenAt: Date;
};

const severities: Record<string, { tone: Tone; word: string }> = {
  error: { tone: "bad", word: "Error" },
  warning: { tone: "warn", word: "Warning" },
  info: { tone: "info", word: "Note" },
};

/** A finding's severity as icon and word; `text` says more than the word. */
export function Severity({ severity, text }: { severity: string; text?: string }) {
  const { tone, word } = severities[severity] ?? { tone: "info", word: severity };
  return (
    <Status tone={tone} className={text && "text-xs [&>svg]:mt-px [&>svg]:self-start"}>
      {text ?? word}
    </Status>
  );
}

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
