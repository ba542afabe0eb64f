import { isKnownError } from "~/features/known-error";
import type { Ports } from "~/ports/index.server";
import { quote } from "~/quote";
import { loadModels } from "./load-models.server";
import { explainUnserved } from "./model-book";

type Deps = Pick<Ports, "model" | "clock" | "log">;

/**
 * Says at start when GEMINI_MODEL names a model that has ended, that Gemini does not list, or that no file has: most often a
 * slip, and without a price no label run of it can keep to a budget. It is not refused: another model may be chosen for each
 * prompt, and one that is newer than the file can be asked without a budget.
 * @param listedByApi names that Gemini lists; null: it was not asked, or did not answer
 * @throws DomainError "invalid" for a file that cannot be read
 */
export async function warnOfUnlistedModel({ model, clock, log }: Deps, listedByApi: string[] | null): Promise<void> {
  const book = await loadModels(model);
  const at = clock.now();
  const unserved = explainUnserved(book, { model: model.name, at, listedByApi });
  if (unserved !== null) return log.warn(`GEMINI_MODEL: ${unserved}`);
  if (book.factsOf(model.name, at).isListed) return;
  log.warn(
    `GEMINI_MODEL: ${quote(model.name)} is neither in prices/models.json nor in the file that MODELS_FILE names, so that its price is not known.`,
  );
}

/**
 * The same once Gemini has said which models it lists, for a process that need not wait for it. A list that cannot be had warns
 * of nothing: the calls themselves will say why.
 */
export async function askForOwnModel(deps: Deps, signal: AbortSignal): Promise<void> {
  const listed = await deps.model.list(signal).catch((error: unknown) => {
    if (isKnownError(error, "ModelError")) return null;
    throw error;
  });
  await warnOfUnlistedModel(deps, listed).catch((error: unknown) => {
    if (!isKnownError(error, "DomainError")) throw error;
    deps.log.warn(error.message);
  });
}
