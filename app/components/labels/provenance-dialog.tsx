import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import { Time } from "~/components/time";
import { FormDialog } from "~/components/ui/dialog";
import { type Fact, Facts } from "~/components/ui/facts";
import { Button } from "~/components/ui/forms/button";
import { Picture } from "~/components/ui/picture";
import { Status } from "~/components/ui/status";
import { TextLink, TextSummary } from "~/components/ui/text-link";
import { attributeWords } from "~/features/attribute-words";
import { confidence } from "~/features/format";
import type { FormerLabel, ModelAnswer, Provenance, ToldLabel } from "~/features/image-page/provenance";
import { baseName } from "~/features/images/key-layout";
import { quote } from "~/quote";
import { promptName } from "./prompt-name";
import type { LabelEdits } from "./use-label-edits";

type ProvenanceDialogProps = {
  imageId: number;
  attribute: string;
  /** Null: it can only be looked at. */
  edits: LabelEdits | null;
  onClose(): void;
};

const sources = { person: "a person", model: "a model", import: "an import" } as const;

/** Where a label comes from: who accepted it when, what the model was asked and wrote, and what it was before. */
export function ProvenanceDialog({ imageId, attribute, edits, onClose }: ProvenanceDialogProps) {
  const { load, data } = useFetcher<() => Provenance>();
  const address = `/image-labels?image=${imageId}&attribute=${encodeURIComponent(attribute)}`;
  useEffect(() => load(address), [load, address]);
  const rev = data?.present?.rev ?? null;
  return (
    <FormDialog title={`Where ${attributeWords(attribute)} comes from`} description={describe(data)} onClose={onClose}>
      {data && (
        <div className="mt-4 flex flex-col gap-5">
          {data.present && <Facts facts={factsOf(data.present)} />}
          {data.present?.isStale && <Status tone="warn">The image was replaced since</Status>}
          {data.answer && <Answer answer={data.answer} />}
          <section aria-labelledby="former-labels">
            <h3 id="former-labels" className="text-sm">
              Former labels
            </h3>
            {data.former.length === 0 ? (
              <p className="mt-1 text-sm text-muted">None before this one.</p>
            ) : (
              <ol className="mt-1 divide-y divide-line text-sm">
                {data.former.map((former) => (
                  <Former
                    key={former.rev}
                    former={former}
                    restore={edits && (() => edits.restore(attribute, former.rev, rev))}
                  />
                ))}
              </ol>
            )}
          </section>
        </div>
      )}
    </FormDialog>
  );
}

function describe(provenance: Provenance | undefined): string {
  if (!provenance) return "Loading …";
  const { present } = provenance;
  return present ? `${quote(present.value)}, from ${sources[present.source]}` : "There is no label now.";
}

function factsOf({ acceptedBy, acceptedAt, confidence: sure, folder, writtenBy, origin }: ToldLabel): Fact[] {
  return [
    { label: "Accepted by", value: acceptedBy },
    { label: "Accepted", value: <Time at={acceptedAt} /> },
    { label: "Folder then", value: folder ?? "none" },
    ...(sure === null ? [] : [{ label: "Confidence", value: confidence(sure) }]),
    ...(writtenBy
      ? [{ label: "Written by", value: <TextLink to={`/job-runs/${writtenBy.runId}`}>{writtenBy.title}</TextLink> }]
      : []),
    ...(origin ? [{ label: "In the file", value: originWords(origin) }] : []),
  ];
}

/** How an imported label came to be, as its file told it: “from a model, accepted by Ann, personas 3, gemini-3-flash”. */
function originWords({ source, by, prompt, model, file }: NonNullable<ToldLabel["origin"]>): string {
  const parts = [
    `from ${sources[source]}`,
    by === undefined ? null : `accepted by ${by}`,
    prompt === undefined ? null : `prompt ${quote(prompt.name)} ${prompt.version}`,
    model ?? null,
    file === undefined ? null : `first imported from ${quote(file)}`,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

function Answer({ answer: { labelRun, labelRunId, prompt, model, modelVersion, raw } }: { answer: ModelAnswer }) {
  return (
    <section aria-label="The model’s answer" className="flex flex-col gap-3">
      <Facts
        facts={[
          {
            label: "Label run",
            value: (
              <span className="flex flex-wrap items-baseline gap-x-3">
                <TextLink to={`/label-runs/${labelRun}`}>Label run {labelRun}</TextLink>
                <Everything to={`labelRun=${labelRunId}`} of="this run" />
              </span>
            ),
          },
          ...(prompt
            ? [
                {
                  label: "Prompt",
                  value: (
                    <span className="flex flex-wrap items-baseline gap-x-3">
                      <TextLink to={`/prompts/${prompt.id}`}>{promptName(prompt)}</TextLink>
                      <Everything to={`promptVersion=${prompt.id}`} of="this prompt" />
                    </span>
                  ),
                },
                { label: "Prompt hash", value: <code className="font-mono text-xs break-all">{prompt.hash}</code> },
              ]
            : []),
          { label: "Model", value: model ?? "not known" },
          { label: "Model version", value: modelVersion ?? "not reported" },
        ]}
      />
      {prompt && prompt.examples.length > 0 && (
        <ul aria-label="Its examples" className="flex flex-col gap-2">
          {prompt.examples.map(({ key, imageId, labels }) => (
            <li key={key} className="flex items-center gap-3 text-sm">
              <Picture
                imageId={imageId}
                alt=""
                missing={imageId === null ? "Gone" : undefined}
                className="size-12 shrink-0"
              />
              <span className="min-w-0 [overflow-wrap:anywhere]">
                {baseName(key)}: {Object.values(labels).join(", ")}{" "}
                <Everything to={`example=${encodeURIComponent(key)}`} of="this example" />
              </span>
            </li>
          ))}
        </ul>
      )}
      {raw !== null && (
        <details className="text-sm">
          <TextSummary>What the model wrote</TextSummary>
          <pre className="mt-2 max-h-64 overflow-auto rounded-md bg-sunken p-3 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
            {raw}
          </pre>
        </details>
      )}
    </section>
  );
}

/** The way to every image of the same origin. */
const Everything = ({ to, of }: { to: string; of: string }) => (
  <TextLink to={`/images?${to}`} className="text-xs">
    Everything from {of}
  </TextLink>
);

function Former({ former, restore }: { former: FormerLabel; restore: (() => void) | null }) {
  const { value, source, acceptedBy, acceptedAt, labelRun, endedBy, endedAt, endedByRun } = former;
  return (
    <li className="flex items-start justify-between gap-3 py-2">
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {value}
        <span className="block text-xs text-muted">
          From {sources[source]}
          {labelRun !== null && (
            <>
              {" "}
              (<TextLink to={`/label-runs/${labelRun}`}>label run {labelRun}</TextLink>)
            </>
          )}
          , accepted by {acceptedBy}, <Time at={acceptedAt} />
        </span>
        <span className="block text-xs text-muted">
          Ended by {endedBy}, <Time at={endedAt} />
          {endedByRun && (
            <>
              {" "}
              (<TextLink to={`/job-runs/${endedByRun.runId}`}>{endedByRun.title}</TextLink>)
            </>
          )}
        </span>
      </span>
      {restore && (
        <Button onClick={restore} aria-label={`Put ${value} back`}>
          Put back
        </Button>
      )}
    </li>
  );
}
