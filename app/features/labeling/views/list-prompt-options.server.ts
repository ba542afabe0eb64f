import { DomainError } from "~/features/domain-error";
import { PERSONAS } from "~/features/labeling/prompts/personas-prompt";
import { readPromptContent } from "~/features/labeling/prompts/prompt-versions.server";
import type { Db } from "~/ports/db.server";
import type { Model } from "~/ports/model/model.server";
import { listPrompts } from "./list-prompts.sql.server";

/**
 * A prompt that a label run can ask. `id` is null for the one that is made when the run is planned: of the schema, whose
 * attributes it asks for, and of the bucket.
 */
export type PromptOption = { id: number | null; label: string; model: string; attributes: string[] };

/**
 * What a label run can ask: the prompt that is made when it is planned, then the newest version of each name, and the version
 * that was asked for, whatever it is.
 * @throws DomainError "not-found" for a version that does not exist
 */
export async function listPromptOptions(
  { db, model }: { db: Db; model: Model },
  { attributes, asked = null }: { attributes: string[]; asked?: number | null },
): Promise<PromptOption[]> {
  const newest = await listPrompts({ db });
  const made = {
    id: null,
    label: `${PERSONAS}, with examples from the bucket as it is now`,
    model: model.name,
    attributes,
  };
  const isListed = asked === null || newest.some(({ id }) => id === asked);
  return [
    made,
    ...(isListed ? [] : [await readOption(db, asked)]),
    ...newest.map((prompt) => ({ ...toOption(prompt), model: prompt.model, attributes: prompt.attributes })),
  ];
}

const toOption = ({ id, name, version }: { id: number; name: string; version: number }) => ({
  id,
  label: `${name} v${version}`,
});

async function readOption(db: Db, id: number): Promise<PromptOption> {
  const row = await db.promptVersion.findUnique({ where: { id } });
  if (!row) throw new DomainError("not-found", `There is no prompt version ${id}.`);
  const { settings, attributes } = readPromptContent(row);
  return { ...toOption(row), model: settings.model, attributes: Object.keys(attributes) };
}
