import { Form, useNavigation } from "@remix-run/react";
import { Button } from "~/components/ui/forms/button";
import { Choice } from "~/components/ui/forms/choice";
import type { ReferencesView } from "~/features/attribute-groups/references/read-references.server";
import { attributeWords } from "~/features/attribute-words";

/** What is asked for. The address is the state, so the form only leads to another one. */
export function RequestForm({ roots, view }: { roots: string[]; view: ReferencesView }) {
  const { state, location } = useNavigation();
  const isPending = state === "loading" && location.pathname === "/references";
  return (
    <Form method="get" preventScrollReset className="flex flex-wrap items-end gap-3 max-sm:grid max-sm:grid-cols-2">
      <Select label="Root" name="root" value={view.root} values={roots} />
      {view.choices.map(({ attribute, values, value }) => (
        <Select key={attribute} label={attributeWords(attribute)} name={attribute} value={value} values={values} />
      ))}
      {view.age.values.length > 0 && (
        <Select label="Age range" name="ageRange" value={view.age.value ?? ""} values={["", ...view.age.values]} />
      )}
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
  // An alias, or what no one has listed: it came by the address, and the answer is about it.
  const options = values.includes(value) ? values : [value, ...values];
  return (
    <Choice
      // Made again when the address says another value, as after going back.
      key={value}
      label={label}
      name={name}
      defaultValue={value}
      isInRow
      className="min-w-32 max-sm:first:col-span-2"
    >
      {options.map((option) => (
        <option key={option} value={option}>
          {option || "Any"}
        </option>
      ))}
    </Choice>
  );
}
