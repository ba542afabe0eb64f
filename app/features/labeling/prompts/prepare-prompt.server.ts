import { auditListing } from "~/features/attribute-groups/findings/audit-listing";
import { DomainError } from "~/features/domain-error";
import { isKnownError } from "~/features/known-error";
import type { AttributeRoot, LabelSchema } from "~/features/label-schema/label-schema";
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
 * The prompt version to label a root with: "Personas" is made of the schema, the environment's model and the bucket as it
 * is now, and kept if it is new; of any other name the newest version is taken.
 * @throws DomainError "not-found" for a name that no version has
 */
export async function preparePrompt(
  deps: { db: Db; storage: Storage; model: Model; clock: Clock },
  input: { schema: LabelSchema; root: AttributeRoot; name: string; signal?: AbortSignal },
): Promise<PromptRow> {
  const { schema, name } = input;
  if (name !== PERSONAS) return findNewest(deps.db, name);
  const draft = personasPrompt({ schema, model: deps.model.name, examples: [] });
  const examples = await chooseExamples(deps.storage, { ...input, imageEdge: draft.settings.imageEdge });
  return keepPromptVersion(deps, name, { ...draft, examples });
}

/**
 * The model that a prompt of this name asks.
 * @throws DomainError "not-found" for a name that no version has
 */
export async function findPromptModel(deps: { db: Db; model: Model }, name: string): Promise<string> {
  return name === PERSONAS ? deps.model.name : readPromptContent(await findNewest(deps.db, name)).settings.model;
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
