import { auditListing } from "~/features/attribute-groups/audit-listing";
import type { AttributeRoot, LabelSchema } from "~/features/attribute-groups/label-schema";
import { DomainError } from "~/features/domain-error";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Model } from "~/ports/model.server";
import type { Storage, StoredObject } from "~/ports/storage.server";
import { PERSONAS, personasPrompt } from "./personas-prompt";
import type { PromptExample } from "./prompt-content";
import { keepPromptVersion, type PromptRow } from "./prompt-versions.server";
import { rankExamples } from "./rank-examples";
import { loadShot } from "./shots.server";

/** Shots of a prompt; each costs its tokens with every picture that is labelled. */
const SHOTS = 3;

/**
 * The prompt version to label a root with: "Personas" is made of the schema, the environment's model and the bucket as it
 * is now, and kept if it is new; of any other name the newest version is taken.
 * @throws DomainError "not-found" for a name that no version has
 */
export async function preparePrompt(
  deps: { db: Db; storage: Storage; model: Model; clock: Clock },
  { schema, root, name = PERSONAS }: { schema: LabelSchema; root: AttributeRoot; name?: string | undefined },
): Promise<PromptRow> {
  if (name !== PERSONAS) {
    const newest = await deps.db.promptVersion.findFirst({ where: { name }, orderBy: { version: "desc" } });
    if (!newest) throw new DomainError("not-found", `There is no prompt called “${name}”; “${PERSONAS}” always is.`);
    return newest;
  }
  const draft = personasPrompt({ schema, model: deps.model.name, examples: [] });
  const examples = await chooseExamples(deps.storage, schema, root, draft.settings.imageEdge);
  return keepPromptVersion(deps, name, { ...draft, examples });
}

/**
 * The three best shots that S3 offers now, fewer where a root has fewer reference images. One that cannot be shown to a
 * model (a damaged file) is passed over.
 */
async function chooseExamples(
  storage: Storage,
  schema: LabelSchema,
  root: AttributeRoot,
  imageEdge: number,
): Promise<PromptExample[]> {
  const objects: StoredObject[] = [];
  for await (const page of storage.list({ prefix: root.prefix })) objects.push(...page.objects);
  const chosen: PromptExample[] = [];
  for (const example of rankExamples(schema, root, auditListing(schema, root, objects).groups)) {
    if (chosen.length === SHOTS) break;
    const isUsable = await loadShot(storage, example, imageEdge).then(
      () => true,
      (error: unknown) => {
        if (error instanceof DomainError) return false;
        throw error;
      },
    );
    if (isUsable) chosen.push(example);
  }
  return chosen;
}
