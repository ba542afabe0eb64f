import { Button } from "~/components/ui/forms/button";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import type { PromptEditor as Editor } from "~/features/labeling/editing/read-editor.server";
import { PromptForm } from "./prompt-form";
import { type DraftFields, useDraft } from "./use-draft";

/** The editor, with what was typed here before and not saved. */
export function PromptEditor({ editor }: { editor: Editor }) {
  const draft = useDraft(String(editor.from?.id ?? "new"));
  const { restored } = draft;
  return (
    <>
      {editor.notes.length > 0 && (
        <ul className="flex flex-col gap-1">
          {editor.notes.map((note) => (
            <li key={note}>
              <Status tone="warn">{note}</Status>
            </li>
          ))}
        </ul>
      )}
      {restored && (
        <div role="status" className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 text-sm text-muted">
          <span>What you typed here earlier was not saved. It has been restored.</span>
          <Button onClick={draft.forget}>Discard</Button>
        </div>
      )}
      <Panel>
        <PromptForm
          // Another form, for fields take what they begin with only once.
          key={restored ? "restored" : "fresh"}
          editor={editor}
          start={restored ?? startOf(editor)}
          onChange={draft.keep}
          onSaved={draft.leave}
        />
      </Panel>
    </>
  );
}

/** The fields of the version that is copied, as a form sends them. */
function startOf({ start }: Editor): DraftFields {
  const { settings } = start;
  return {
    name: start.name,
    instructions: start.instructions,
    ...Object.fromEntries(start.attributes.map((name) => [`attributes.${name}`, "on"])),
    model: settings.model,
    maxOutputTokens: String(settings.maxOutputTokens),
    thinking: settings.thinkingLevel ?? String(settings.thinkingBudget ?? ""),
    mediaResolution: settings.mediaResolution ?? "",
    imageEdge: String(settings.imageEdge),
    examples: JSON.stringify(start.examples),
  };
}
