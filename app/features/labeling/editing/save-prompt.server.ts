import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { promptHash } from "~/features/labeling/prompts/prompt-versions.server";
import { insertNextVersion } from "~/features/labeling/prompts/prompt-versions.sql.server";
import { loadPicture } from "~/features/labeling/prompts/shots.server";
import { loadModels } from "~/features/prices/load-models.server";
import { requireAskable } from "~/features/prices/model-book";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Model } from "~/ports/model/model.server";
import type { Storage } from "~/ports/storage.server";
import { quote, quoteKey } from "~/quote";
import { toPromptContent } from "./draft-to-content";
import type { PromptDraft } from "./prompt-draft";

/** `isNew` is false when the very content was kept before, under whichever name. */
export type SavedPrompt = { id: number; name: string; version: number; isNew: boolean };

/**
 * Keeps a draft as the next version of its name, once each of its examples is known to be what it was picked as. Content
 * that was kept before stays the version that it is. Several who save at once each get a version.
 * @throws DomainError "invalid" (attribute, value, model, setting), "conflict" (an example that is gone, changed or no picture)
 */
export async function savePrompt(
  deps: { db: Db; storage: Storage; model: Model; clock: Clock },
  { draft, actor }: { draft: PromptDraft; actor: Actor },
): Promise<SavedPrompt> {
  const { db, clock, storage } = deps;
  const at = clock.now();
  const [schema, book] = await Promise.all([loadLabelSchema(), loadModels(deps.model)]);
  const model = requireAskable(book, { model: draft.model, at, listedByApi: null, isBudgeted: false });
  const content = toPromptContent(draft, { schema, model });
  const { imageEdge } = content.settings;
  for (const { key, etag } of content.examples) {
    const refuse = (what: string) => `The example ${quoteKey(key)} ${what}. Remove it, or choose it again.`;
    await loadPicture(storage, { key, etag }, { imageEdge, refuse, since: "it was chosen" });
  }
  const hash = promptHash(content);
  return db.$write(async (tx) => {
    const isNew = await insertNextVersion(tx, { name: draft.name, hash, content, at, by: actor });
    const { id, name, version } = await tx.promptVersion.findUniqueOrThrow({ where: { hash } });
    if (isNew) {
      await recordEvent(tx, {
        at,
        actor,
        action: "prompt.save",
        subject: `prompt:${id}`,
        sentence: `Saved version ${version} of the prompt ${quote(name)}.`,
        detail: { hash },
      });
    }
    return { id, name, version, isNew };
  });
}
