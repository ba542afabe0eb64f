import type { ReactNode } from "react";
import type { NamedGroup } from "~/features/attribute-groups/actions/action-scope";

/** Groups to choose from: those with the same attributes first. */
export function GroupOptions({ same, others }: { same: NamedGroup[]; others: NamedGroup[] }) {
  return (
    <>
      <option value="">Choose a group</option>
      {same.length > 0 && <optgroup label="Same attributes">{same.map(toOption)}</optgroup>}
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
