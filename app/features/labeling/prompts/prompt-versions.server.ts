import { createHash } from "node:crypto";
import { parseJson } from "~/features/json-column";
import type { ModelFacts } from "~/features/prices/model-book";
import type { Clock } from "~/ports/clock.server";
import type { Db, Prisma } from "~/ports/db.server";
import { type PromptContent, promptContent } from "./prompt-content";
import { insertNextVersion } from "./prompt-versions.sql.server";

export type PromptRow = Prisma.PromptVersionGetPayload<object>;

/**
 * SHA-256 in hex of everything that a model sees. Key order is fixed here, so that it cannot change the hash; a setting that
 * came later counts only where it is set, so that versions from before keep theirs.
 */
export function promptHash({ instructions, attributes, settings, examples }: PromptContent): string {
  const { model, temperature, maxOutputTokens, thinkingBudget, thinkingLevel, imageEdge, mediaResolution } = settings;
  const text = JSON.stringify([
    instructions,
    Object.entries(attributes).map(([name, { values, estimate }]) => [name, values, estimate ?? null]),
    [
      model,
      temperature ?? null,
      maxOutputTokens,
      thinkingLevel ?? thinkingBudget ?? null,
      imageEdge,
      ...(mediaResolution ? [mediaResolution] : []),
    ],
    examples.map(({ key, etag, labels }) => [key, etag, Object.entries(labels)]),
  ]);
  return createHash("sha256").update(text).digest("hex");
}

/** What the console sent of old with every request; a model that no longer takes it answers the same without. */
const FORMER_TEMPERATURE = 0;

/**
 * The hashes under which this very question may have been answered before: its own, and where its model takes no temperature,
 * that of the version which still names one, or no longer does.
 */
export function equalHashes(content: PromptContent, { takes }: Pick<ModelFacts, "takes">): string[] {
  if (takes.temperature) return [promptHash(content)];
  const { temperature, ...settings } = content.settings;
  const others = [settings, { ...settings, temperature: temperature ?? FORMER_TEMPERATURE }];
  return [...new Set([content, ...others.map((one) => ({ ...content, settings: one }))].map(promptHash))];
}

/** The same question (prompt) about the same picture (ETag), as SHA-256 in hex. */
export function requestHash(promptHash: string, etag: string): string {
  return createHash("sha256").update(`${promptHash}\n${etag}`).digest("hex");
}

/** A stored prompt version's content. */
export function readPromptContent(row: PromptRow): PromptContent {
  return promptContent.parse({
    instructions: row.instructions,
    attributes: parseJson(row.attributes),
    settings: parseJson(row.settings),
    examples: parseJson(row.examples),
  });
}

/** Keeps content as an immutable version: what was kept before keeps its row, anything new becomes the name's next version. */
export async function keepPromptVersion(
  { db, clock }: { db: Db; clock: Clock },
  name: string,
  content: PromptContent,
): Promise<PromptRow> {
  const hash = promptHash(content);
  const known = await db.promptVersion.findUnique({ where: { hash } });
  if (known) return known;
  await insertNextVersion(db, { name, hash, content, at: clock.now(), by: null });
  return db.promptVersion.findUniqueOrThrow({ where: { hash } });
}
