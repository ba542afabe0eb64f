import { findImageIds } from "~/features/attribute-groups/find-image-ids.server";
import { newestOf } from "~/features/attribute-groups/snapshots/newest-snapshot";
import { isKnownError } from "~/features/known-error";
import { type Attributes, type LabelSchema, rootAttributes } from "~/features/label-schema/label-schema";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Db } from "~/ports/db.server";
import type { ChosenReference, MissingReference } from "./choose-references";
import { AGE, modeAttributes, type ReferenceMode, type ReferenceRequest, referenceModes } from "./reference-request";
import { selectReferences } from "./resolve-references.server";

/** What one mode would inject. */
export type ModeView = { mode: ReferenceMode; attributes: Attributes } & (
  | { refusal: string }
  | { refusal: null; references: ShownReference[]; missing: MissingReference[] }
);
/** `imageId` is null while the index does not know the object as the audit saw it. */
export type ShownReference = ChosenReference & { imageId: number | null };

export type ReferencesView = {
  root: string;
  prefix: string;
  /** When the last audit began; null: the root was never audited. */
  asOf: Date | null;
  /** The attributes that can be asked for, with their listed values and the one that is asked for. */
  choices: { attribute: string; values: string[]; value: string }[];
  /** Age ranges that can be asked for, and the one that is; null: any. */
  age: { values: string[]; value: string | null };
  modes: ModeView[];
};

/**
 * What each mode would inject for the same values; where nothing is said of an attribute, its first value.
 * @throws DomainError "not-found" for a root that labels/schema.json does not have
 */
export async function readReferences(
  { db }: { db: Db },
  input: { root: string; attributes: Attributes },
): Promise<ReferencesView> {
  const schema = await loadLabelSchema();
  const root = findRoot(schema, input.root);
  const asked = new Set(referenceModes.flatMap(modeAttributes));
  const said = new Map(rootAttributes(schema, root).map((attribute) => [attribute.name, attribute]));
  const choices = [...asked].flatMap((attribute) => {
    const values = said.get(attribute)?.values ?? [];
    return values[0] === undefined ? [] : [{ attribute, values, value: input.attributes[attribute] ?? values[0] }];
  });
  const age = { values: schema.attributes[AGE]?.values ?? [], value: input.attributes[AGE] || null };
  const snapshot = await db.groupSnapshot.findFirst({
    ...newestOf(root.name),
    select: { asOf: true },
  });
  const readMode = (mode: ReferenceMode) => {
    const attributes = choices.filter(({ attribute }) => modeAttributes(mode).includes(attribute));
    return selectForMode(db, schema, {
      root: root.name,
      mode,
      ageRange: age.value,
      attributes: Object.fromEntries(attributes.map(({ attribute, value }) => [attribute, value])),
    });
  };
  return {
    root: root.name,
    prefix: root.prefix,
    asOf: snapshot?.asOf ?? null,
    choices,
    age,
    modes: snapshot ? await Promise.all(referenceModes.map(readMode)) : [],
  };
}

async function selectForMode(db: Db, schema: LabelSchema, request: ReferenceRequest): Promise<ModeView> {
  const { mode } = request;
  try {
    const { attributes, references, missing } = await selectReferences({ db, schema }, request);
    const ids = await findImageIds(db, references);
    const shown = references.map((reference) => ({ ...reference, imageId: ids.get(reference.key) ?? null }));
    return { mode, attributes, refusal: null, references: shown, missing };
  } catch (error) {
    // The other mode may well have an answer.
    if (!isKnownError(error, "DomainError")) throw error;
    return { mode, attributes: request.attributes, refusal: error.message };
  }
}
