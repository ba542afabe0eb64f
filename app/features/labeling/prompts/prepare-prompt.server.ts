import { auditListing } from "~/features/attribute-groups/findings/audit-listing";
import { DomainError } from "~/features/domain-error";
import { isKnownError } from "~/features/known-error";
import type { AttributeRoot, LabelSchema } from "~/features/label-schema/label-schema";
import { loadModels } from "~/features/prices/load-models.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Model } from "~/ports/model/model.server";
import type { Storage, StoredObject } from "~/ports/storage.server";
import { quote } from "~/quote";
import { PERSONAS, personasPrompt } from "./personas-prompt";
import type { PromptExample } from "./prompt-content";
import { keepPromptVersion, type PromptRow, readPromptContent } from "./prompt-versions.server";
import { rankExamples } from "./rank-examples";
import { loadShot } from "./shots.server";

/** Shots of “Personas”, where a root has as many; each costs its tokens with every picture that is labeled. */
export const SHOTS = 3;

/**
 * The prompt version to label images with: "Personas" is made of the schema, the environment's model and the bucket as it
 * is now, and kept if it is new; of any other name the newest version is taken.
 * @param input.root where the examples of "Personas" come from; null: it has none
 * @throws DomainError "not-found" for a name that no version has
 */
export async function preparePrompt(
  deps: { db: Db; storage: Storage; model: Model; clock: Clock },
  input: { schema: LabelSchema; root: AttributeRoot | null; name: string; signal?: AbortSignal },
): Promise<PromptRow> {
  const { schema, root, name } = input;
  if (name !== PERSONAS) return findNewest(deps.db, name);
  const model = (await loadModels(deps.model)).factsOf(deps.model.name, deps.clock.now());
  const draft = personasPrompt({ schema, model, examples: [] });
  const { imageEdge } = draft.settings;
  const examples = root ? await chooseExamples(deps.storage, { ...input, root, imageEdge }) : [];
  return keepPromptVersion(deps, name, { ...draft, examples });
}

/** A prompt by its name, of which the newest version is meant unless one is told, or one version by its id. */
export type PromptChoice = { name: string; version?: number | undefined } | { versionId: number };

/**
 * What was chosen: the prompt's name, the model that it asks, and which version, null: the newest when the run is planned.
 * @throws DomainError "not-found" for a name that no version has, or a version that does not exist
 */
export async function readPromptChoice(
  { db, model }: { db: Db; model: Model },
  choice: PromptChoice,
): Promise<{ name: string; model: string; versionId: number | null }> {
  const isNewest = "name" in choice && choice.version === undefined;
  if (isNewest && choice.name === PERSONAS) return { name: PERSONAS, model: model.name, versionId: null };
  const row = isNewest ? await findNewest(db, choice.name) : await findVersion(db, choice);
  const { name } = row;
  return { name, model: readPromptContent(row).settings.model, versionId: isNewest ? null : row.id };
}

async function findVersion(db: Db, choice: PromptChoice): Promise<PromptRow> {
  const where = "versionId" in choice ? { id: choice.versionId } : { name: choice.name, version: choice.version };
  const row = await db.promptVersion.findFirst({ where });
  if (row) return row;
  const what = "versionId" in choice ? choice.versionId : `${choice.version} of ${quote(choice.name)}`;
  throw new DomainError("not-found", `There is no prompt version ${what}.`);
}

async function findNewest(db: Db, name: string): Promise<PromptRow> {
  const newest = await db.promptVersion.findFirst({ where: { name }, orderBy: { version: "desc" } });
  if (!newest)
    throw new DomainError("not-found", `There is no prompt called ${quote(name)}; ${quote(PERSONAS)} always is.`);
  return newest;
}

/**
 * The three best shots that S3 offers now, fewer where a root has fewer reference images. One that cannot be shown to a
 * model (a damaged file) is passed over.
 */
async function chooseExamples(
  storage: Storage,
  input: { schema: LabelSchema; root: AttributeRoot; imageEdge: number; signal?: AbortSignal },
): Promise<PromptExample[]> {
  const { schema, root, imageEdge, signal } = input;
  const objects: StoredObject[] = [];
  for await (const page of storage.listParallel(root.prefix, signal && { signal })) objects.push(...page);
  const chosen: PromptExample[] = [];
  for (const example of rankExamples(schema, root, auditListing(schema, root, objects).groups)) {
    if (chosen.length === SHOTS) break;
    const isUsable = await loadShot(storage, example, { imageEdge, signal }).then(
      () => true,
      (error: unknown) => {
        if (isKnownError(error, "DomainError")) return false;
        throw error;
      },
    );
    if (isUsable) chosen.push(example);
  }
  return chosen;
}
