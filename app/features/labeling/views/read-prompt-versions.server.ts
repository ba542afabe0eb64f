import type { PromptRow } from "~/features/labeling/prompts/prompt-versions.server";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { Db } from "~/ports/db.server";

/** A hundred of them, with their texts, are about a megabyte. */
const PAGE = 100;

/** Every prompt version as it is stored, in pages, in the order in which they were made: for an export. */
export function readPromptVersions({ db }: { db: Db }): AsyncGenerator<PromptRow[]> {
  return pagesByKey(PAGE, (last) =>
    db.promptVersion.findMany({ where: { id: { gt: last?.id ?? 0 } }, orderBy: { id: "asc" }, take: PAGE }),
  );
}
