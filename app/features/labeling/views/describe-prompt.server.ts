import type { PromptExample } from "~/features/labeling/prompts/prompt-content";
import { type PromptRow, readPromptContent } from "~/features/labeling/prompts/prompt-versions.server";
import type { Db } from "~/ports/db.server";
import type { ExampleState, ExampleView, PromptView } from "./prompt-view";

/** A stored prompt version with what became of its examples. */
export async function describePrompt(db: Db, row: PromptRow): Promise<PromptView> {
  const content = readPromptContent(row);
  const examples = await describeExamples(db, content.examples);
  const { id, name, version, hash } = row;
  return { ...content, id, name, version, hash, examples };
}

async function describeExamples(db: Db, examples: PromptExample[]): Promise<ExampleView[]> {
  const keys = examples.map(({ key }) => key);
  const select = { id: true, key: true, etag: true, goneAt: true };
  const [images, former] = await Promise.all([
    db.image.findMany({ where: { key: { in: keys } }, select }),
    db.formerKey.findMany({
      where: { key: { in: keys }, image: { goneAt: null } },
      select: { key: true, image: { select } },
    }),
  ]);
  return examples.map((example): ExampleView => {
    const image = images.find(({ key }) => key === example.key);
    const isThere = image !== undefined && image.goneAt === null;
    if (isThere && image.etag === example.etag)
      return { ...example, imageId: image.id, state: "current", keyNow: image.key };
    const moved = former.find(({ key, image: { etag } }) => key === example.key && etag === example.etag)?.image;
    if (moved) return { ...example, imageId: moved.id, state: "moved", keyNow: moved.key };
    const state: ExampleState = image === undefined ? "unknown" : isThere ? "replaced" : "gone";
    return { ...example, imageId: image?.id ?? null, state, keyNow: example.key };
  });
}
