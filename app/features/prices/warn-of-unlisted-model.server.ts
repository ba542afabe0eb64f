import type { Ports } from "~/ports/index.server";
import { quote } from "~/quote";
import { loadModels } from "./load-models.server";

/**
 * Says at start when GEMINI_MODEL names a model that no list has: most often a slip, and with no price no label run of it can
 * keep to a budget. It is not refused: a model that is newer than the list can be asked without a budget.
 * @throws DomainError "invalid" for a list that cannot be read
 */
export async function warnOfUnlistedModel({
  model,
  clock,
  log,
}: Pick<Ports, "model" | "clock" | "log">): Promise<void> {
  const { isListed } = (await loadModels(model)).factsOf(model.name, clock.now());
  if (isListed) return;
  log.warn(
    `GEMINI_MODEL: ${quote(model.name)} is neither in prices/models.json nor in the file that MODELS_FILE names, so that its price is not known.`,
  );
}
