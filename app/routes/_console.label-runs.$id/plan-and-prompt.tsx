import { PromptContents } from "~/components/labels/prompt-contents";
import { promptName } from "~/components/labels/prompt-name";
import { PlanFacts } from "~/components/runs/plan-facts";
import { Panel } from "~/components/ui/panel";
import { TextLink } from "~/components/ui/text-link";
import type { LabelRunView } from "~/features/labeling/views/read-label-run.server";
import { QuoteAndActual } from "./quote-and-actual";

/** What will be asked, about how many images, for how much: everything to read before the run is applied. */
export function PlanAndPrompt({ labelRun }: { labelRun: LabelRunView }) {
  const { run, prompt } = labelRun;
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[400px_minmax(0,1fr)]">
      <div className="flex flex-col gap-4">
        <Panel title="Plan">
          <PlanFacts run={run} />
        </Panel>
        <QuoteAndActual labelRun={labelRun} />
      </div>
      {prompt && (
        <Panel title="Prompt" aside={<TextLink to={`/prompts/${prompt.id}`}>{promptName(prompt)}</TextLink>}>
          <PromptContents prompt={prompt} />
        </Panel>
      )}
    </div>
  );
}
