import { useState } from "react";
import { OwnerCombobox } from "~/components/owners/owner-combobox";
import { Choice } from "~/components/ui/forms/choice";
import { TextInput } from "~/components/ui/forms/text-input";
import type { IngestRole } from "~/features/images/ingest-layout";

type Kind = IngestRole["kind"];

const roles: Record<Kind, string> = {
  supporting: "Supporting: pictures of a topic",
  hero: "Hero: the one picture that a topic begins with",
  comparison: "Comparison: what a model drew",
  platform: "Platform: what a platform shows",
  branding: "Branding: logos of an owner",
};

const isKind = (value: string): value is Kind => Object.hasOwn(roles, value);

/** Where the images belong: what their keys are made of. */
export function PlaceFields() {
  const [hasOwner, setHasOwner] = useState(false);
  const [kind, setKind] = useState<Kind>("supporting");
  return (
    <>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-medium">Owner</legend>
        {[false, true].map((has) => (
          <label key={String(has)} className="flex min-h-8 items-center gap-2 max-sm:min-h-11">
            <input
              type="radio"
              name="hasOwner"
              value={has ? "yes" : "no"}
              checked={hasOwner === has}
              onChange={() => setHasOwner(has)}
            />
            {has ? "Someone of the studio" : "No one: keys begin with default/"}
          </label>
        ))}
        {hasOwner && <OwnerCombobox label="Who" name="owner" />}
      </fieldset>
      <Choice
        label="Role"
        name="role"
        value={kind}
        onChange={({ target }) => isKind(target.value) && setKind(target.value)}
      >
        {Object.entries(roles).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Choice>
      {kind !== "branding" && (
        <TextInput
          name="topic"
          label="Topic"
          hint="Of the article, as people call it: “Cats in the rain”. Keys get a short form of it."
          maxLength={1_000}
          isRequired
        />
      )}
      {kind === "comparison" && <TextInput name="model" label="Model" maxLength={200} isRequired />}
      {kind === "platform" && (
        <>
          <TextInput name="platform" label="Platform" maxLength={200} isRequired />
          <label className="flex min-h-8 items-center gap-2 max-sm:min-h-11">
            <input type="checkbox" name="isOg" value="yes" />
            It is the one picture shown where the page is shared
          </label>
        </>
      )}
      {kind === "branding" && (
        <TextInput
          name="name"
          label="Name"
          hint="Without one, each image goes by the name of its file."
          maxLength={200}
        />
      )}
    </>
  );
}
