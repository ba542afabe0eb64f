import { useFetcher } from "@remix-run/react";
import { useState } from "react";
import { Combobox } from "~/components/ui/forms/combobox";

type OwnersFound = { owners: { id: string; name: string; email: string | null }[]; isCut: boolean };

type OwnerComboboxProps = {
  label: string;
  name: string;
  /** The owner that is asked about, who is no choice. */
  except?: string;
  /** Told who is chosen; null while nobody is. */
  onChange?(owner: string | null): void;
};

/** Chooses an owner by a part of the name, the id or the email address. */
export function OwnerCombobox({ label, name, except, onChange }: OwnerComboboxProps) {
  const { load, data, state } = useFetcher<OwnersFound>();
  const [owner, setOwner] = useState<string | null>(null);
  return (
    <Combobox
      label={label}
      name={name}
      placeholder="Name, ID or email"
      value={owner}
      onChange={(chosen) => {
        setOwner(chosen);
        onChange?.(chosen);
      }}
      onSearch={(text) => load(`/owner-options?${new URLSearchParams({ text })}`)}
      isSearching={state !== "idle"}
      options={data?.owners
        .filter(({ id }) => id !== except)
        .map(({ id, name, email }) => ({
          value: id,
          label: name,
          hint: [id, email].filter((said) => said !== null && said !== name).join(" · "),
        }))}
      none="No owner is called that. Owners appear here once they are created or have uploaded an image."
      more={data?.isCut ? "There are more: type a part of the name." : null}
    />
  );
}
