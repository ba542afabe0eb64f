import { attributeWords } from "~/components/labels/attribute-words";
import { PlanFacts } from "~/components/runs/plan-facts";
import { Facts } from "~/components/ui/facts";
import { Panel } from "~/components/ui/panel";
import { Picture } from "~/components/ui/picture";
import { TextSummary } from "~/components/ui/text-link";
import { count } from "~/features/format";
import { baseName } from "~/features/images/key-layout";
import type { LabelRunView, PromptView } from "~/features/labeling/views/read-label-run.server";

/** What will be asked, about how many images, for how much: everything to read before the run is applied. */
export function PlanAndPrompt({ labelRun: { run, prompt } }: { labelRun: LabelRunView }) {
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[400px_minmax(0,1fr)]">
      <Panel title="Plan">
        <PlanFacts run={run} />
      </Panel>
      {prompt && <Prompt prompt={prompt} />}
    </div>
  );
}

function Prompt({ prompt }: { prompt: PromptView }) {
  return (
    <Panel title="Prompt">
      <div className="flex flex-col gap-5">
        <Examples examples={prompt.examples} />
        <section>
          <h3 className="text-sm">Asked for</h3>
          <dl className="mt-2 flex flex-col gap-1 text-sm">
            {Object.entries(prompt.attributes).map(([attribute, { values, estimate }]) => (
              <div key={attribute} className="flex flex-wrap gap-x-3">
                <dt className="w-28 shrink-0 text-muted">{attributeWords(attribute)}</dt>
                <dd className="min-w-0 grow basis-40">
                  {values.join(" · ")}
                  {estimate && <span className="text-muted"> and a number of {estimate}</span>}
                </dd>
              </div>
            ))}
          </dl>
        </section>
        <details className="text-sm">
          <TextSummary className="font-medium">Instructions</TextSummary>
          <p className="mt-2 rounded-md bg-sunken p-3 whitespace-pre-wrap">{prompt.instructions}</p>
        </details>
        <Facts
          facts={[
            { label: "Temperature", value: prompt.settings.temperature },
            { label: "Maximum output", value: `${count(prompt.settings.maxOutputTokens)} tokens` },
            { label: "Picture edge", value: `${prompt.settings.imageEdge} px` },
            { label: "Prompt hash", value: <code className="font-mono text-xs break-all">{prompt.hash}</code> },
          ]}
        />
      </div>
    </Panel>
  );
}

function Examples({ examples }: Pick<PromptView, "examples">) {
  return (
    <section>
      <h3 className="text-sm">Examples that the model is shown with every image</h3>
      {examples.length === 0 && (
        <p className="mt-1 text-sm text-muted">None: the root has no reference image in a readable folder.</p>
      )}
      <ul className="mt-2 grid max-w-[560px] grid-cols-3 gap-3">
        {examples.map((example) => (
          <li key={example.key} className="min-w-0">
            <Picture
              imageId={example.imageId}
              etag={example.etag}
              missing={example.imageId === null ? "Not indexed" : undefined}
              alt={`Example ${baseName(example.key)}`}
              className="aspect-[3/4]"
            />
            <p className="mt-1 truncate text-xs" title={example.key}>
              {Object.values(example.labels).join(", ")}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
