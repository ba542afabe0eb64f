import { type ReactNode, type SelectHTMLAttributes, useId } from "react";
import { controlClass } from "~/components/ui/forms/field";
import type { NamedGroup } from "~/features/attribute-groups/actions/action-scope";

/** A select with its name above it. */
export function Choice({ label, ...select }: { label: string } & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium first-letter:uppercase">
        {label}
      </label>
      <select id={id} className={controlClass} {...select} />
    </div>
  );
}

/** Groups to choose from: those that say the same first. */
export function GroupOptions({ same, others }: { same: NamedGroup[]; others: NamedGroup[] }) {
  return (
    <>
      <option value="">Choose a group</option>
      {same.length > 0 && <optgroup label="Say the same">{same.map(toOption)}</optgroup>}
      {others.length > 0 && (
        <optgroup label={same.length > 0 ? "Other groups" : "Groups"}>{others.map(toOption)}</optgroup>
      )}
    </>
  );
}

const toOption = ({ name }: NamedGroup): ReactNode => (
  <option key={name} value={name}>
    {name}
  </option>
);
