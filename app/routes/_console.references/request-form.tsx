import { Form, useNavigation } from "@remix-run/react";
import { useId } from "react";
import { attributeWords } from "~/components/labels/answers";
import { Button } from "~/components/ui/forms/button";
import type { SelectionView } from "~/features/attribute-groups/references/read-references.server";

/** What is asked for. The address is the state, so the form only leads to another one. */
export function RequestForm({ roots, view }: { roots: string[]; view: SelectionView }) {
  const { state, location } = useNavigation();
  const isPending = state === "loading" && location.pathname === "/references";
  return (
    <Form method="get" preventScrollReset className="flex flex-wrap items-end gap-3 max-sm:grid max-sm:grid-cols-2">
      <Select label="Root" name="root" value={view.root} values={roots} />
      {view.choices.map(({ attribute, values, value }) => (
        <Select key={attribute} label={attributeWords(attribute)} name={attribute} value={value} values={values} />
      ))}
      <Button
        type="submit"
        variant={view.asOf ? "primary" : "secondary"}
        pending={isPending}
        className="max-sm:col-span-2"
      >
        Show references
      </Button>
    </Form>
  );
}

type SelectProps = { label: string; name: string; value: string; values: string[] };

function Select({ label, name, value, values }: SelectProps) {
  const id = useId();
  // An alias, or what nobody has listed: it came by the address, and the answer is about it.
  const options = values.includes(value) ? values : [value, ...values];
  return (
    <div className="flex min-w-32 flex-col gap-1 max-sm:first:col-span-2">
      <label htmlFor={id} className="text-sm font-medium first-letter:uppercase">
        {label}
      </label>
      <select
        // Made anew when the address says another value, as after going back.
        key={value}
        id={id}
        name={name}
        defaultValue={value}
        className="h-8 rounded-md border border-control bg-surface px-2 text-sm max-sm:h-11 max-sm:text-base"
      >
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </div>
  );
}
