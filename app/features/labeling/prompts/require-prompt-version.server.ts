import { DomainError } from "~/features/domain-error";
import type { Db } from "~/ports/db.server";
import type { PromptRow } from "./prompt-versions.server";

/** @throws DomainError "not-found" */
export async function requirePromptVersion({ db }: { db: Db }, id: number): Promise<PromptRow> {
  const row = await db.promptVersion.findUnique({ where: { id } });
  if (!row) throw new DomainError("not-found", `There is no prompt version ${id}.`);
  return row;
}
