import { PromptContents } from "~/components/labels/prompt-contents";
import { promptName } from "~/components/labels/prompt-name";
import { PlanFacts } from "~/components/runs/plan-facts";
import { Panel } from "~/components/ui/panel";
import { TextLink } from "~/components/ui/text-link";
import type { LabelRunView } from "~/features/labeling/views/read-label-run.server";

/** What will be asked, about how many images, for how much: everything to read before the run is applied. */
export function PlanAndPrompt({ labelRun: { run, prompt } }: { labelRun: LabelRunView }) {
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[400px_minmax(0,1fr)]">
      <Panel title="Plan">
        <PlanFacts run={run} />
      </Panel>
      {prompt && (
        <Panel title="Prompt" aside={<TextLink to={`/prompts/${prompt.id}`}>{promptName(prompt)}</TextLink>}>
          <PromptContents prompt={prompt} />
        </Panel>
      )}
    </div>
  );
}
