import { Link, useSearchParams } from "@remix-run/react";
import { Severity } from "~/components/finding-list";
import { bytes, count } from "~/components/format";
import { KeyText } from "~/components/key-text";
import { Time } from "~/components/time";
import { CopyButton } from "~/components/ui/copy-button";
import { cx } from "~/components/ui/cx";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import { type Finding, findingTypes } from "~/features/attribute-groups/finding-types";

/** What the audit found, worst first. The open one, with its evidence, is in the address. */
export function FindingsPanel({ findings }: { findings: Finding[] }) {
  const [params] = useSearchParams();
  const open = Number(params.get("finding"));
  const linkTo = (id: number | null) => {
    const next = new URLSearchParams(params);
    if (id === null) next.delete("finding");
    else next.set("finding", String(id));
    return `?${next}`;
  };
  return (
    <Panel
      title="Findings"
      isPadded={false}
      aside={<span className="text-sm text-muted tabular-nums">{count(findings.length)} open</span>}
    >
      {findings.length === 0 && (
        <p className="px-4 py-3">
          <Status tone="good">Every group agrees with its folder</Status>
        </p>
      )}
      <ul className="divide-y divide-line">
        {findings.map((finding) => {
          const isOpen = finding.id === open;
          return (
            <li key={finding.id} id={`finding-${finding.id}`} className={cx("scroll-mt-16", isOpen && "bg-sunken")}>
              <Link
                to={linkTo(isOpen ? null : finding.id)}
                preventScrollReset
                aria-expanded={isOpen}
                className="block px-4 py-2.5 -outline-offset-2 hover:bg-hover"
              >
                <Severity severity={finding.severity} text={findingTypes[finding.type].title} />
                <span className="mt-0.5 block text-sm break-words">{finding.sentence}</span>
              </Link>
              {isOpen && <Evidence finding={finding} />}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

/** What a finding rests on, exactly as S3 listed it, and what to do. */
function Evidence({ finding }: { finding: Finding }) {
  const { objects, more } = finding.evidence;
  return (
    <div className="flex flex-col gap-3 px-4 pb-3 text-sm">
      <p>{findingTypes[finding.type].advice}</p>
      <div className="-my-1.5 flex items-center justify-between gap-2">
        <KeyText>{finding.subject}</KeyText>
        <CopyButton text={finding.subject} label="Copy key" />
      </div>
      {objects.length > 0 && (
        <ul className="flex flex-col gap-2 border-l border-line-strong pl-3">
          {objects.map((object) => (
            <li key={object.key}>
              <KeyText>{object.key}</KeyText>
              <p className="text-xs break-all text-muted tabular-nums">
                {bytes(object.bytes)} · ETag {object.etag}
              </p>
            </li>
          ))}
          {more > 0 && <li className="text-xs text-muted">and {count(more)} more</li>}
        </ul>
      )}
      <p className="text-xs text-muted">
        First seen <Time at={finding.firstSeenAt} />
      </p>
    </div>
  );
}
