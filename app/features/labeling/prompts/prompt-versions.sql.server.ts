import type { Actor } from "~/features/audit-log/record-event";
import type { Tx } from "~/ports/db.server";
import type { PromptContent } from "./prompt-content";

/**
 * Gives new content the next number of its name, in one statement, so that two processes cannot give the same one.
 * @param version.by who saves it; null: the console made it itself
 * @returns false when this very content was kept before, under whichever name
 */
export async function insertNextVersion(
  db: Pick<Tx, "$executeRaw">,
  { name, hash, content, at, by }: { name: string; hash: string; content: PromptContent; at: Date; by: Actor | null },
): Promise<boolean> {
  const inserted = await db.$executeRaw`
    INSERT INTO "PromptVersion"
      ("name", "version", "hash", "instructions", "attributes", "settings", "examples", "createdAt",
       "createdBy", "createdByName")
    SELECT ${name}, coalesce(max("version"), 0) + 1, ${hash}, ${content.instructions},
           ${JSON.stringify(content.attributes)}, ${JSON.stringify(content.settings)},
           ${JSON.stringify(content.examples)}, ${at.getTime()}, ${by?.id ?? null}, ${by?.name ?? null}
      FROM "PromptVersion" WHERE "name" = ${name}
    ON CONFLICT ("hash") DO NOTHING`;
  return inserted > 0;
}
