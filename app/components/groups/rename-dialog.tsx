import { CircleAlert, CircleCheck } from "lucide-react";
import { type FormEvent, type ReactNode, useId, useRef, useState } from "react";
import { FormDialog } from "~/components/ui/dialog";
import { Choice } from "~/components/ui/forms/choice";
import { DialogForm } from "~/components/ui/forms/dialog-form";
import { controlClass } from "~/components/ui/forms/field";
import { judgeNewName } from "~/features/attribute-groups/actions/action-scope";
import { attributeWords } from "~/features/attribute-words";
import { guessAttributes } from "~/features/label-schema/guess-attributes";
import { canonicalGroupName, describeAttributes, rootAttributes } from "~/features/label-schema/label-schema";
import { quote } from "~/quote";
import { useActionScope } from "./action-scope";

/** Asks for a group's new name; the plan that follows shows every object that it moves. */
export function RenameDialog({ group, trigger }: { group: string; trigger: ReactNode }) {
  return (
    <FormDialog
      title={`Rename ${quote(group)}`}
      description="Its objects move to the new folder one by one, along with their labels. You see the plan first."
      trigger={trigger}
    >
      <RenameForm group={group} />
    </FormDialog>
  );
}

/** The selects write the name by the root's pattern; whoever wants another spelling writes it below them. */
function RenameForm({ group }: { group: string }) {
  const scope = useActionScope();
  const { root, schema, groups } = scope;
  const isReadable = groups.some(({ name, attributes }) => name === group && attributes !== null);
  const guessed = guessAttributes(group, root, schema);
  const attributes = rootAttributes(schema, root);
  const [chosen, setChosen] = useState(guessed);
  const [name, setName] = useState(
    !isReadable && attributes.every((attribute) => guessed[attribute.name]) ? canonicalGroupName(root, guessed) : group,
  );
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const verdict = judgeNewName(scope, group, name);
  const isRefused = "complaint" in verdict;

  function choose(attribute: string, value: string) {
    const next = { ...chosen, [attribute]: value };
    setChosen(next);
    if (attributes.every((each) => next[each.name])) setName(canonicalGroupName(root, next));
  }
  function check(event: FormEvent) {
    if (!isRefused) return;
    event.preventDefault();
    field.current?.focus();
  }
  return (
    <DialogForm
      leadsAway
      intent="rename-group"
      fields={{ group }}
      keep="Keep the name"
      submit="Plan the rename"
      onSubmit={check}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        {attributes.map((attribute) => (
          <Choice
            key={attribute.name}
            label={attributeWords(attribute.name)}
            value={chosen[attribute.name] ?? ""}
            onChange={(event) => choose(attribute.name, event.target.value)}
          >
            <option value="" disabled>
              Choose
            </option>
            {attribute.values.map((value) => (
              <option key={value}>{value}</option>
            ))}
          </Choice>
        ))}
      </div>
      <div className="mt-3 flex flex-col gap-1">
        <label htmlFor={id} className="text-sm font-medium">
          New name
        </label>
        <input
          ref={field}
          id={id}
          name="name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          aria-describedby={`${id}-reading`}
          className={controlClass}
        />
      </div>
      <div id={`${id}-reading`} aria-live="polite" className="mt-2 min-h-16 text-sm [overflow-wrap:anywhere]">
        {"complaint" in verdict ? (
          <p className="flex items-start gap-1.5 text-muted">
            <CircleAlert aria-hidden className="mt-0.75 size-3.5 shrink-0 text-warn" />
            {verdict.complaint}
          </p>
        ) : (
          <>
            <p className="flex items-start gap-1.5">
              <CircleCheck aria-hidden className="mt-0.75 size-3.5 shrink-0 text-good" />
              The folder will be named for {describeAttributes(verdict.attributes)}.
            </p>
            <p className="mt-1 font-mono text-xs text-muted">
              {group}/ → <span className="text-ink">{verdict.name}/</span>
            </p>
          </>
        )}
      </div>
    </DialogForm>
  );
}
