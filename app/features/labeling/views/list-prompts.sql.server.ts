import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import { promptAttributes } from "~/features/labeling/prompts/answer-schema";
import type { Db } from "~/ports/db.server";

const row = z
  .object({
    id: z.coerce.number(),
    name: z.string(),
    version: z.coerce.number(),
    attributes: jsonColumn(promptAttributes),
    settings: jsonColumn(z.looseObject({ model: z.string() })),
    examples: jsonColumn(z.array(z.unknown())),
    createdAt: z.coerce.number(),
    runs: z.coerce.number(),
    lastUsedAt: z.coerce.number().nullable(),
  })
  .transform(({ attributes, settings, examples, createdAt, lastUsedAt, ...prompt }) => ({
    ...prompt,
    attributes: Object.keys(attributes),
    model: settings.model,
    examples: examples.length,
    createdAt: new Date(createdAt),
    lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt),
  }));

/** A prompt by its newest version. `runs` counts the label runs of all its versions, `lastUsedAt` is the newest of them. */
export type PromptListRow = z.infer<typeof row>;

/** Every prompt, by name. */
export async function listPrompts({ db }: { db: Db }): Promise<PromptListRow[]> {
  const rows = await db.$queryRaw`
    SELECT p."id", p."name", p."version", p."attributes", p."settings", p."examples", p."createdAt",
           coalesce(u."runs", 0) AS "runs", u."lastUsedAt"
      FROM (SELECT "name", max("version") AS "version" FROM "PromptVersion" GROUP BY "name") newest
      JOIN "PromptVersion" p ON p."name" = newest."name" AND p."version" = newest."version"
      LEFT JOIN (SELECT v."name", count(*) AS "runs", max(r."createdAt") AS "lastUsedAt"
                   FROM "LabelRun" r JOIN "PromptVersion" v ON v."id" = r."promptVersionId" GROUP BY v."name") u
        ON u."name" = p."name"
     ORDER BY lower(p."name"), p."name"`;
  return z.array(row).parse(rows);
}
