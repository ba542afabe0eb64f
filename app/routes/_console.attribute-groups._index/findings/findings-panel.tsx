import { Link, useSearchParams } from "@remix-run/react";
import { Severity } from "~/components/groups/severity";
import { ExportLinks } from "~/components/lists/export-links";
import { CountTitle } from "~/components/ui/count-title";
import { cx } from "~/components/ui/cx";
import { More } from "~/components/ui/more";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import { type Finding, findingTypes } from "~/features/attribute-groups/findings/finding-types";
import { groupFilter, onlyFilter } from "~/features/list-filters";
import type { MatrixContent } from "~/routes/_console.attribute-groups._index/content.server";
import { FindingEvidence } from "./finding-evidence";
import { IgnoredFindings } from "./ignored-findings";

/** What the audit found, worst first, and apart what someone set aside. The open one, with its evidence, is in the address. */
export function FindingsPanel({ root, content }: { root: string; content: MatrixContent }) {
  const { findings, findingCount, ignored, ignoredCount, openFinding, pictures } = content;
  const [params] = useSearchParams();
  const type = params.get("type");
  const filter = new URLSearchParams([["root", root], ...onlyFilter(groupFilter, params)]);
  return (
    <Panel
      title={<CountTitle total={findingCount}>Findings</CountTitle>}
      isPadded={false}
      aside={
        findingCount + ignoredCount > 0 && (
          <ExportLinks path="/group-exports/findings" params={filter} what="findings" />
        )
      }
    >
      {params.has("finding") && openFinding === null && (
        <p className="border-b border-line px-4 py-3">
          <Status tone="good">This finding has been resolved</Status>
        </p>
      )}
      {findingCount === 0 && (
        <p className="px-4 py-3">
          {type === null ? (
            <Status tone="good">Every group matches its folder name</Status>
          ) : (
            <span className="text-sm text-muted">No open finding of this type.</span>
          )}
        </p>
      )}
      <ul className="divide-y divide-line">
        {findings.map((finding) => (
          <li
            key={finding.id}
            id={`finding-${finding.id}`}
            className={cx("scroll-mt-16", finding.id === openFinding && "bg-sunken")}
          >
            <FindingToggle finding={finding} isOpen={finding.id === openFinding} />
            {finding.id === openFinding && <FindingEvidence root={root} finding={finding} pictures={pictures} />}
          </li>
        ))}
      </ul>
      <More as="p" total={findingCount} shown={findings.length} className="border-t border-line px-4 py-3 text-sm">
        : filter by type of finding, or export them all.
      </More>
      {ignoredCount > 0 && (
        <IgnoredFindings
          // Another link opens it again.
          key={openFinding}
          findings={ignored}
          total={ignoredCount}
          openFinding={openFinding}
        />
      )}
    </Panel>
  );
}

/** What was found, in a sentence; opens its evidence and closes it. */
function FindingToggle({ finding, isOpen }: { finding: Finding; isOpen: boolean }) {
  const [params] = useSearchParams();
  const next = new URLSearchParams(params);
  if (isOpen) next.delete("finding");
  else next.set("finding", String(finding.id));
  return (
    <Link
      to={`?${next}`}
      preventScrollReset
      aria-expanded={isOpen}
      className="block px-4 py-2.5 -outline-offset-2 hover:bg-hover"
    >
      <Severity severity={finding.severity} text={findingTypes[finding.type].title} />
      <span className="mt-0.5 block text-sm [overflow-wrap:anywhere]">{finding.sentence}</span>
    </Link>
  );
}
