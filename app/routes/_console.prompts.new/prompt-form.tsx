import { getFormProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { useFetcher } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { z } from "zod";
import { cx } from "~/components/ui/cx";
import { Button, ButtonLink } from "~/components/ui/forms/button";
import { LongTextField, TextField } from "~/components/ui/forms/field";
import { Refusal } from "~/components/ui/forms/in-place-form";
import { type PromptDraft, promptDraft } from "~/features/labeling/editing/prompt-draft";
import type { PromptEditor } from "~/features/labeling/editing/read-editor.server";
import { AttributesField } from "./attributes-field";
import { ExamplesField } from "./examples/examples-field";
import type { saveDraft } from "./save-draft.server";
import { SettingsFields } from "./settings-fields";
import type { DraftFields } from "./use-draft";
import { useDraftTokens } from "./use-draft-tokens";

type PromptFormProps = {
  editor: PromptEditor;
  start: DraftFields;
  /** Told whenever something was changed. */
  onChange(form: HTMLFormElement): void;
  /** Told when it was sent and has led to another page. */
  onSaved(): void;
};

/** What a version asks. A save that fails leaves everything as it is. */
export function PromptForm({ editor, start, onChange, onSaved }: PromptFormProps) {
  const { Form, data: answer, state } = useFetcher<typeof saveDraft>();
  const element = useRef<HTMLFormElement>(null);
  const [form, fields] = useForm<z.input<typeof promptDraft>, PromptDraft>({
    ...(answer && "reply" in answer && { lastResult: answer.reply }),
    defaultValue: nested(start),
    shouldValidate: "onBlur",
    shouldRevalidate: "onInput",
    onValidate: ({ formData }) => parseWithZod(formData, { schema: promptDraft }),
  });
  const [names, setNames] = useState(() => chosenIn(start));
  const tokens = useDraftTokens(element);
  const changed = () => {
    if (!element.current) return;
    onChange(element.current);
    tokens.count();
  };
  useWhenSaved(state, onSaved);
  const isPending = state !== "idle";
  const { from } = editor;
  return (
    <Form method="post" ref={element} {...getFormProps(form)} onInput={changed} className="flex flex-col gap-6">
      {from && fields.name.value === from.name && <input type="hidden" name="newest" value={from.newest} />}
      <TextField
        field={fields.name}
        label="Name"
        hint="Keep a prompt’s name to save its next version. A new name starts a new prompt."
      />
      <LongTextField
        field={fields.instructions}
        label="Instructions"
        hint="What the model is told before the examples and the image."
      />
      <AttributesField field={fields.attributes} attributes={editor.attributes} chosen={names} onChange={setNames} />
      <SettingsFields fields={fields} models={editor.models} />
      <ExamplesField
        field={fields.examples}
        start={start.examples ?? "[]"}
        attributes={editor.attributes.filter(({ name }) => names.includes(name))}
        onChange={changed}
      />
      <p role="status" className={cx("text-sm tabular-nums", tokens.isCounting && "text-muted")}>
        {tokens.words}
      </p>
      <Refusal>{!isPending && answer && "refusal" in answer && answer.refusal}</Refusal>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" pending={isPending}>
          Save as a new version
        </Button>
        <ButtonLink to={from ? `/prompts/${from.id}` : "/prompts"} variant="quiet">
          Cancel
        </ButtonLink>
      </div>
    </Form>
  );
}

/** A save leads to the page of its version, so this one goes while its form is under way. A reload in between tells nothing. */
function useWhenSaved(state: "idle" | "submitting" | "loading", saved: () => void) {
  const last = useRef({ state, saved });
  useEffect(() => {
    last.current = { state, saved };
  });
  useEffect(() => () => void (last.current.state !== "idle" && last.current.saved()), []);
}

const ATTRIBUTE = "attributes.";

const chosenIn = (start: DraftFields) =>
  Object.keys(start).flatMap((name) => (name.startsWith(ATTRIBUTE) ? [name.slice(ATTRIBUTE.length)] : []));

/** Fields by name as the form library takes them: “attributes.tone” within “attributes”. */
const nested = (start: DraftFields) => ({
  ...start,
  attributes: Object.fromEntries(chosenIn(start).map((name) => [name, "on"])),
});
