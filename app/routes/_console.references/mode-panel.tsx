import { Fragment } from "react";
import { CopyButton } from "~/components/ui/forms/copy-button";
import { More } from "~/components/ui/more";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import { TextLink } from "~/components/ui/text-link";
import { findingTypes } from "~/features/attribute-groups/findings/finding-types";
import { groupPath } from "~/features/attribute-groups/group-slug";
import {
  labelReasons,
  type MissingReference,
  type MissingType,
} from "~/features/attribute-groups/references/choose-references";
import type { ModeView } from "~/features/attribute-groups/references/read-references.server";
import { modeAttributes } from "~/features/attribute-groups/references/reference-request";
import { attributeWords } from "~/features/attribute-words";
import { plural } from "~/features/format";
import { ReferenceCard } from "./reference-card";

/** Roots with many attributes have many combinations; a page that is looked at shows this many pictures, and reasons. */
const SHOWN = 60;

type ModePanelProps = { root: string; view: ModeView; ageRange: string | null; origin: string };

/** What one mode would inject, what is missing, and how the image agent asks for just this. */
export function ModePanel({ root, view, ageRange, origin }: ModePanelProps) {
  const title = `By ${modeAttributes(view.mode).map(attributeWords).join(" and ")}`;
  const found = view.refusal === null ? view.references.length : 0;
  return (
    <Panel
      title={title}
      aside={<span className="text-sm text-muted tabular-nums">{plural(found, "reference")}</span>}
      className="flex flex-col"
    >
      <div className="flex flex-col gap-5">
        {view.refusal !== null ? (
          <p className="text-sm">
            <Status tone="bad">No reference would be used</Status>
            <span className="mt-1 block break-words">{view.refusal}</span>
          </p>
        ) : (
          <>
            {view.references.length > 0 ? (
              <ul className="grid gap-3 sm:grid-cols-[repeat(auto-fill,minmax(148px,1fr))]">
                {view.references.slice(0, SHOWN).map((reference) => (
                  <li key={reference.prefix}>
                    <ReferenceCard root={root} reference={reference} />
                  </li>
                ))}
              </ul>
            ) : (
              <Status tone="bad">No reference would be used</Status>
            )}
            <More as="p" total={view.references.length} shown={SHOWN} className="text-sm" />
            {view.missing.length > 0 && <Missing root={root} missing={view.missing} />}
          </>
        )}
        <Command text={commandFor(origin, root, view, ageRange)} />
      </div>
    </Panel>
  );
}

function Missing({ root, missing }: { root: string; missing: MissingReference[] }) {
  return (
    <section>
      <h3 className="text-sm">Missing</h3>
      <ul className="mt-1 divide-y divide-line">
        {missing.slice(0, SHOWN).map(({ type, attributes, groups, reason }) => (
          <li key={JSON.stringify(attributes)} className="py-2 text-sm">
            <MissingStatus type={type} />
            <p className="break-words">{reason}</p>
            {groups.length > 0 && (
              <p className="text-muted">
                {groups.map((group, index) => (
                  <Fragment key={group}>
                    {index > 0 && " · "}
                    <TextLink to={groupPath(root, group)} className="break-all">
                      Open {group}
                    </TextLink>
                  </Fragment>
                ))}
              </p>
            )}
          </li>
        ))}
      </ul>
      <More as="p" total={missing.length} shown={SHOWN} className="text-sm" />
    </section>
  );
}

function MissingStatus({ type }: { type: MissingType }) {
  if (type === "no-label" || type === "other-label" || type === "not-indexed") {
    return <Status tone={type === "other-label" ? "info" : "warn"}>{labelReasons[type]}</Status>;
  }
  const { title, severity } = findingTypes[type];
  return <Status tone={severity === "info" ? "info" : "warn"}>{title}</Status>;
}

/** The token stays in the shell that asks: only its variable is written here. */
function commandFor(origin: string, root: string, { mode, attributes }: ModeView, ageRange: string | null): string {
  const query = new URLSearchParams({ root, mode, ...attributes, ...(ageRange !== null && { ageRange }) });
  // biome-ignore lint/plugin/quote-names: the shell's quotation marks, not a sentence's
  return `curl --fail-with-body -H "Authorization: Bearer $API_TOKEN" "${origin}/api/references/resolve?${query}"`;
}

function Command({ text }: { text: string }) {
  return (
    <section>
      <h3 className="text-sm">As the image agent asks</h3>
      <div className="mt-1 flex items-start gap-1 rounded-md bg-sunken py-1 pr-1 pl-3">
        <code className="min-w-0 grow py-1.5 font-mono text-xs [overflow-wrap:anywhere]">{text}</code>
        <CopyButton text={text} label="Copy the command" />
      </div>
    </section>
  );
}
