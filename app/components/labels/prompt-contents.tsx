import { Facts } from "~/components/ui/facts";
import { Picture } from "~/components/ui/picture";
import { Status } from "~/components/ui/status";
import { TextSummary } from "~/components/ui/text-link";
import { attributeWords } from "~/features/attribute-words";
import { count } from "~/features/format";
import { baseName, nameWithFolder } from "~/features/images/key-layout";
import type { ExampleView, PromptView } from "~/features/labeling/views/prompt-view";
import { quote } from "~/quote";

/** Everything of a prompt version that a model is told. */
export function PromptContents({ prompt, isOpen = false }: { prompt: PromptView; isOpen?: boolean }) {
  const { settings } = prompt;
  return (
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
      <details className="text-sm" open={isOpen}>
        <TextSummary className="font-medium">Instructions</TextSummary>
        <p className="mt-2 rounded-md bg-sunken p-3 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {prompt.instructions}
        </p>
      </details>
      <Facts
        facts={[
          { label: "Model", value: settings.model },
          ...(settings.temperature === undefined ? [] : [{ label: "Temperature", value: settings.temperature }]),
          { label: "Maximum output", value: `${count(settings.maxOutputTokens)} tokens` },
          { label: "Thinking", value: thinkingWords(settings) },
          { label: "Media resolution", value: settings.mediaResolution ?? "model default" },
          { label: "Picture edge", value: `${settings.imageEdge} px` },
          { label: "Prompt hash", value: <code className="font-mono text-xs break-all">{prompt.hash}</code> },
        ]}
      />
    </div>
  );
}

function thinkingWords({ thinkingBudget, thinkingLevel }: PromptView["settings"]): string {
  if (thinkingLevel) return thinkingLevel;
  if (thinkingBudget === undefined) return "model default";
  return thinkingBudget === 0 ? "off" : `about ${count(thinkingBudget)} tokens`;
}

/** What is wrong with an example now; nothing for one that is as it was. */
const troubles: Record<Exclude<ExampleView["state"], "current">, string> = {
  moved: "Moved",
  replaced: "Replaced",
  gone: "Deleted",
  unknown: "Not indexed",
};

function Examples({ examples }: Pick<PromptView, "examples">) {
  return (
    <section>
      <h3 className="text-sm">Examples that the model is shown with every image</h3>
      {examples.length === 0 && (
        <p className="mt-1 text-sm text-muted">None: the model goes by the instructions alone.</p>
      )}
      <ul className="mt-2 grid max-w-[720px] grid-cols-[repeat(auto-fill,minmax(140px,1fr))] gap-3">
        {examples.map((example) => (
          <li key={example.key} className="min-w-0">
            <ExamplePicture example={example} />
            <p className="mt-1 truncate text-xs text-muted" title={example.key}>
              {nameWithFolder(example.key)}
            </p>
            <ul className="text-xs">
              {Object.entries(example.labels).map(([attribute, value]) => (
                <li key={attribute}>
                  <span className="text-muted">{attributeWords(attribute)}</span> {value}
                </li>
              ))}
            </ul>
            {example.state !== "current" && (
              <Status tone="warn" className="text-xs">
                {troubles[example.state]}
              </Status>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Its thumbnail, as long as the bytes are those that the prompt version names. */
const ExamplePicture = ({ example: { imageId, etag, key, state } }: { example: ExampleView }) => (
  <Picture
    imageId={imageId}
    etag={etag}
    missing={state === "current" || state === "moved" ? undefined : troubles[state]}
    alt={`Example ${quote(baseName(key))}`}
    className="aspect-[3/4]"
  />
);
