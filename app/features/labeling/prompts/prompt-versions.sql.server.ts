import type { Db } from "~/ports/db.server";
import type { PromptContent } from "./prompt-content";

/** Gives new content the next number of its name, in one statement, so that two processes cannot give the same one. */
export async function insertNextVersion(
  db: Db,
  { name, hash, content, at }: { name: string; hash: string; content: PromptContent; at: Date },
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "PromptVersion"
      ("name", "version", "hash", "instructions", "attributes", "settings", "examples", "createdAt")
    SELECT ${name}, coalesce(max("version"), 0) + 1, ${hash}, ${content.instructions},
           ${JSON.stringify(content.attributes)}, ${JSON.stringify(content.settings)},
           ${JSON.stringify(content.examples)}, ${at.getTime()}
      FROM "PromptVersion" WHERE "name" = ${name}
    ON CONFLICT ("hash") DO NOTHING`;
}
