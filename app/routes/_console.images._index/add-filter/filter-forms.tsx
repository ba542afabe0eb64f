import { type InputHTMLAttributes, useState } from "react";
import { OwnerCombobox } from "~/components/owners/owner-combobox";
import { Choice } from "~/components/ui/forms/choice";
import { controlClass } from "~/components/ui/forms/field";
import { attributeWords } from "~/features/attribute-words";
import type { ImageQuery } from "~/features/images/query/image-query";
import { type UnreadableClass, unreadableClasses } from "~/features/images/unreadable-classes";
import { spans } from "~/features/since";
import type { FilterKind } from "./with-filter";

/** What labels/schema.json and the last audits offer to choose from; empty until it is there. */
export type SchemaOptions = {
  attributes: { name: string; values: string[] }[];
  roots: { root: string; groups: string[] }[];
};

type FieldsProps = { query: ImageQuery; options: SchemaOptions };
type FilterFields = { kind: FilterKind; title: string; Fields(props: FieldsProps): JSX.Element };

/** Every filter that has a form, in the order of the menu. */
export const filterForms: [FilterFields, ...FilterFields[]] = [
  { kind: "dates", title: "Date created", Fields: Dates },
  { kind: "pixels", title: "Size in pixels", Fields: Pixels },
  { kind: "bytes", title: "File size", Fields: Bytes },
  { kind: "prefix", title: "Key begins with", Fields: Prefix },
  { kind: "owner", title: "Owner", Fields: () => <OwnerCombobox label="Owner" name="owner" /> },
  { kind: "folder", title: "Attribute group", Fields: Folder },
  { kind: "label", title: "Label", Fields: Label },
  { kind: "labelSource", title: "Who labeled it", Fields: LabelSource },
  { kind: "labelRun", title: "Label run", Fields: LabelRun },
  { kind: "unreadable", title: "Cannot be decoded", Fields: Unreadable },
];

function Dates({ query: { since, until } }: FieldsProps) {
  const isSpan = since !== undefined && /[hd]$/.test(since);
  const [span, setSpan] = useState(isSpan ? since : "");
  return (
    <>
      <Choice
        label="When"
        name={span === "" ? "" : "since"}
        value={span}
        onChange={(event) => setSpan(event.target.value)}
      >
        <option value="">Between two days</option>
        {spans.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Choice>
      {span === "" && (
        <div className="grid grid-cols-2 gap-2">
          <Input label="From (UTC)" name="since" type="date" defaultValue={isSpan ? "" : since?.slice(0, 10)} />
          <Input label="To, included" name="until" type="date" defaultValue={until} />
        </div>
      )}
    </>
  );
}

function Pixels({ query }: FieldsProps) {
  return (
    <div className="grid grid-cols-2 gap-2">
      <Input label="Width from" name="minWidth" {...wholeNumber} defaultValue={query.minWidth} />
      <Input label="Width to" name="maxWidth" {...wholeNumber} defaultValue={query.maxWidth} />
      <Input label="Height from" name="minHeight" {...wholeNumber} defaultValue={query.minHeight} />
      <Input label="Height to" name="maxHeight" {...wholeNumber} defaultValue={query.maxHeight} />
    </div>
  );
}

const units = [
  { name: "kB", bytes: 1_000 },
  { name: "MB", bytes: 1_000_000 },
];

function Bytes({ query: { minBytes, maxBytes } }: FieldsProps) {
  const unit = Math.max(minBytes ?? 0, maxBytes ?? 0) >= 1_000_000 ? 1_000_000 : 1_000;
  const sizeOf = (size: number | undefined) => (size === undefined ? "" : size / unit);
  return (
    <div className="grid grid-cols-[1fr_1fr_auto] gap-2">
      <Input label="From" name="minBytes" type="number" min={0} step="any" defaultValue={sizeOf(minBytes)} />
      <Input label="To" name="maxBytes" type="number" min={0} step="any" defaultValue={sizeOf(maxBytes)} />
      <Choice label="Unit" name="unit" defaultValue={unit}>
        {units.map(({ name, bytes }) => (
          <option key={name} value={bytes}>
            {name}
          </option>
        ))}
      </Choice>
    </div>
  );
}

function Prefix({ query }: FieldsProps) {
  return (
    <Input
      label="Prefix"
      name="prefix"
      required
      placeholder="uploads/"
      spellCheck={false}
      defaultValue={query.prefix}
    />
  );
}

function Folder({ query, options: { roots } }: FieldsProps) {
  const [root, setRoot] = useState(query.root ?? "");
  const chosen = roots.find((each) => each.root === root) ?? roots[0];
  return (
    <>
      <Choice label="Root" name="root" value={chosen?.root ?? ""} onChange={(event) => setRoot(event.target.value)}>
        {roots.map((each) => (
          <option key={each.root}>{each.root}</option>
        ))}
      </Choice>
      <Choice key={chosen?.root} label="Group" name="group" defaultValue={query.group ?? ""}>
        <option value="">Every group</option>
        {chosen?.groups.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Choice>
    </>
  );
}

function Label({ options: { attributes } }: FieldsProps) {
  const [name, setName] = useState("");
  const chosen = attributes.find((attribute) => attribute.name === name) ?? attributes[0];
  return (
    <>
      <Attribute attributes={attributes} value={chosen?.name ?? ""} onChange={setName} />
      <Choice label="Value" name="value" required key={chosen?.name}>
        {chosen?.values.map((value) => (
          <option key={value}>{value}</option>
        ))}
      </Choice>
    </>
  );
}

const sources = [
  { value: "none", label: "Nobody: it has no label" },
  { value: "person", label: "A person" },
  { value: "model", label: "A model" },
  { value: "import", label: "An import" },
  { value: "stale", label: "Anyone, before the image was replaced" },
];

function LabelSource({ options: { attributes } }: FieldsProps) {
  const [name, setName] = useState("");
  return (
    <>
      <Attribute attributes={attributes} value={name || (attributes[0]?.name ?? "")} onChange={setName} />
      <Choice label="Labeled by" name="source">
        {sources.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Choice>
    </>
  );
}

function LabelRun({ query }: FieldsProps) {
  return (
    <Input
      label="Number of the label run"
      name="labelRun"
      required
      {...wholeNumber}
      min={1}
      defaultValue={query.labelRun}
    />
  );
}

const reasons: Record<UnreadableClass, string> = {
  "not-an-image": "It is not an image",
  undecodable: "It is damaged",
  unsupported: "It is of a kind that is not read",
  "too-large": "It is too large",
  "too-slow": "It takes too long to decode",
  empty: "It is empty",
};

function Unreadable({ query: { unreadable } }: FieldsProps) {
  return (
    <Choice label="Why" name="unreadable" defaultValue={unreadable?.[0] ?? "any"}>
      <option value="any">For any reason</option>
      {unreadableClasses.map((value) => (
        <option key={value} value={value}>
          {reasons[value]}
        </option>
      ))}
    </Choice>
  );
}

type AttributeProps = { attributes: SchemaOptions["attributes"]; value: string; onChange(name: string): void };

const Attribute = ({ attributes, value, onChange }: AttributeProps) => (
  <Choice label="Attribute" name="attribute" value={value} onChange={(event) => onChange(event.target.value)}>
    {attributes.map(({ name }) => (
      <option key={name} value={name}>
        {attributeWords(name)}
      </option>
    ))}
  </Choice>
);

const wholeNumber = { type: "number", min: 0, step: 1, inputMode: "numeric" } as const;

const Input = ({ label, ...input }: InputHTMLAttributes<HTMLInputElement> & { label: string }) => (
  <label className="flex min-w-0 flex-col gap-1 text-sm font-medium">
    {label}
    <input autoComplete="off" {...input} className={`${controlClass} min-w-0 font-normal`} />
  </label>
);
