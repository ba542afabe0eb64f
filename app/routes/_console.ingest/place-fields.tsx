import { useState } from "react";
import { OwnerCombobox } from "~/components/owners/owner-combobox";
import { Choice } from "~/components/ui/forms/choice";
import { TextInput } from "~/components/ui/forms/text-input";
import type { IngestRole } from "~/features/images/ingest-layout";
import type { KeyPreview } from "~/features/ingest/uploads/preview-keys.server";
import { KeysPreview } from "./keys-preview";

type Kind = IngestRole["kind"];

const roles: Record<Kind, string> = {
  supporting: "Supporting: pictures of a topic",
  hero: "Hero: the one picture that a topic begins with",
  comparison: "Comparison: what a model drew",
  platform: "Platform: what a platform shows",
  branding: "Branding: logos of an owner",
};

const isKind = (value: string): value is Kind => Object.hasOwn(roles, value);

/** What is typed, also in fields that the role does not show. */
type Typed = { topic: string; model: string; platform: string; name: string; isOg: boolean };

type PlaceFieldsProps = {
  /** That are to go there. */
  images: number;
  /** Of the fields as they are at first. */
  preview: KeyPreview;
};

/** Where the images belong: what their keys are made of, and what keys that makes. */
export function PlaceFields({ images, preview }: PlaceFieldsProps) {
  const [hasOwner, setHasOwner] = useState(false);
  const [owner, setOwner] = useState<string | null>(null);
  const [kind, setKind] = useState<Kind>("supporting");
  const [typed, setTyped] = useState<Typed>({ topic: "", model: "", platform: "", name: "", isOg: false });
  const type = (change: Partial<Typed>) => setTyped((all) => ({ ...all, ...change }));
  const { topic, model, platform, name, isOg } = typed;
  const fields = {
    ...{ role: kind, images: String(images), hasOwner: hasOwner ? "yes" : "no" },
    ...(hasOwner && owner !== null && { owner }),
    ...(kind === "branding" ? { name } : { topic }),
    ...(kind === "comparison" && { model }),
    ...(kind === "platform" && { platform, ...(isOg && { isOg: "yes" }) }),
  };
  return (
    <>
      <fieldset className="flex flex-col">
        <legend className="mb-1 text-sm font-medium">Owner</legend>
        {[false, true].map((has) => (
          <label key={String(has)} className="flex min-h-8 items-center gap-2 max-sm:min-h-11">
            <input
              type="radio"
              name="hasOwner"
              value={has ? "yes" : "no"}
              checked={hasOwner === has}
              onChange={() => {
                setHasOwner(has);
                setOwner(null);
              }}
            />
            {has ? "Someone of the studio" : "No one: keys begin with default/"}
          </label>
        ))}
        {hasOwner && <OwnerCombobox label="Who" name="owner" onChange={setOwner} />}
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
          value={topic}
          onChange={(text) => type({ topic: text })}
          maxLength={1_000}
          isRequired
        />
      )}
      {kind === "comparison" && (
        <TextInput
          name="model"
          label="Model"
          value={model}
          onChange={(text) => type({ model: text })}
          maxLength={200}
          isRequired
        />
      )}
      {kind === "platform" && (
        <>
          <TextInput
            name="platform"
            label="Platform"
            value={platform}
            onChange={(text) => type({ platform: text })}
            maxLength={200}
            isRequired
          />
          <label className="flex min-h-8 items-center gap-2 max-sm:min-h-11">
            <input
              type="checkbox"
              name="isOg"
              value="yes"
              checked={isOg}
              onChange={({ target }) => type({ isOg: target.checked })}
            />
            It is the one picture shown where the page is shared
          </label>
        </>
      )}
      {kind === "branding" && (
        <TextInput
          name="name"
          label="Name"
          hint="Without one, each image goes by the name of its file."
          value={name}
          onChange={(text) => type({ name: text })}
          maxLength={200}
        />
      )}
      <KeysPreview fields={fields} first={preview} />
    </>
  );
}
