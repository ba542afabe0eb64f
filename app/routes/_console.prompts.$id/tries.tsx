import { Judgements } from "~/components/labels/judgements";
import { Time } from "~/components/time";
import { Panel } from "~/components/ui/panel";
import { Picture } from "~/components/ui/picture";
import { Status } from "~/components/ui/status";
import { TextLink, TextSummary } from "~/components/ui/text-link";
import { count, dollars } from "~/features/format";
import { baseName } from "~/features/images/key-layout";
import type { TriedImage, TryView } from "~/features/labeling/trying/read-tries.server";
import { quote } from "~/quote";

type TriesProps = { tries: TryView[]; image: TriedImage | null; version: number };

/** Of one image its answers beside what is known of it; else the images that were tried. */
export function Tries({ tries, image, version }: TriesProps) {
  return (
    <Panel title={image ? "Answers" : "Tried before"}>
      {tries.length === 0 && <p className="text-sm text-muted">{image ? "Not asked yet." : "Nothing yet."}</p>}
      <ol className="flex flex-col gap-5 empty:hidden">
        {tries.map((one) => (
          <li key={one.id}>{image ? <Answer one={one} image={image} /> : <Tried one={one} version={version} />}</li>
        ))}
      </ol>
    </Panel>
  );
}

function Tried({ one, version }: { one: TryView; version: number }) {
  return (
    <div className="flex items-center gap-3 text-sm">
      <Picture imageId={one.imageId} etag={one.etag} alt="" className="h-14 w-10.5 shrink-0" />
      <div className="min-w-0">
        <TextLink to={`/prompts/${version}?tab=try&image=${one.imageId}`}>{baseName(one.key)}</TextLink>
        <Cost one={one} />
      </div>
    </div>
  );
}

function Answer({ one, image }: { one: TryView; image: TriedImage }) {
  return (
    <article>
      <Cost one={one} />
      {one.values ? (
        <div className="mt-2 max-w-140">
          <Judgements
            caption={`What the model said of ${quote(baseName(image.key))}`}
            judgements={judgementsOf(one, image)}
          />
        </div>
      ) : (
        <Status tone={one.outcome === "reserved" ? "busy" : "warn"} className="mt-2">
          {one.outcome === "reserved" ? "No answer is known yet" : (one.reason ?? "No answer that can be used")}
        </Status>
      )}
      {(one.raw ?? one.answer) && (
        <details className="mt-2 text-sm">
          <TextSummary>Raw answer</TextSummary>
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
            tabIndex={0}
            className="mt-2 max-h-80 overflow-auto rounded-md bg-sunken p-3 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]"
          >
            {one.raw ?? one.answer}
          </pre>
        </details>
      )}
    </article>
  );
}

function Cost({ one }: { one: TryView }) {
  const tokens =
    one.inputTokens === null ? [] : [`${count(one.inputTokens)} tokens in`, `${count(one.outputTokens ?? 0)} out`];
  const facts = [
    ...(one.modelVersion ? [one.modelVersion] : []),
    ...tokens,
    one.usd === null ? "cost unknown" : dollars(one.usd),
  ];
  return (
    <p className="flex flex-wrap gap-x-2 text-sm text-muted tabular-nums">
      <Time at={one.at} />
      <span>{facts.join(" · ")}</span>
    </p>
  );
}

const judgementsOf = ({ values }: TryView, { folder, labels }: TriedImage) =>
  (values ?? []).map(({ attribute, ...proposal }) => ({
    attribute,
    folder: folder[attribute] ?? null,
    label: labels.find((label) => label.attribute === attribute),
    proposal,
  }));
