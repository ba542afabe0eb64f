import { isKnownError } from "~/features/known-error";
import { loadModels } from "~/features/prices/load-models.server";
import { findStoragePrice } from "~/features/prices/load-storage-prices.server";
import { requireEmbedding } from "~/features/prices/model-book";
import type { AbilityLine } from "~/features/storage/explain-abilities";
import type { Ports } from "~/ports/index.server";
import { bad, good } from "./check-services";

/** Whether costs can be told. */
export const checkPrices = async (ports: Pick<Ports, "storage" | "model" | "clock" | "settings">) =>
  (await Promise.all([checkStoragePrices(ports), checkEmbeddings(ports)])).flat();

/** Whether the model that makes vectors may be asked, and what that costs; a line only where that is not so. */
async function checkEmbeddings({ model, clock }: Pick<Ports, "model" | "clock">): Promise<AbilityLine[]> {
  const name = model.embeddingName;
  const tried = {
    name: "Embeddings",
    tried: `Look for ${name} and its price in ${model.modelsFile ?? "prices/models.json"}`,
  };
  try {
    requireEmbedding(await loadModels(model), { model: name, at: clock.now() });
    return [];
  } catch (error) {
    if (!isKnownError(error, "DomainError")) throw error;
    return [
      bad(tried, error.message, "No image is embedded.", "Set GEMINI_EMBEDDING_MODEL to a model that is listed."),
    ];
  }
}

/** Whether the costs of the storage can be told; a line only where a file of one's own is named, or ours cannot be used. */
async function checkStoragePrices({
  storage,
  clock,
  settings: { STORAGE_PRICES_FILE: file },
}: Pick<Ports, "storage" | "clock" | "settings">): Promise<AbilityLine[]> {
  const tried = { name: "Storage prices", tried: `Read ${file ?? "prices/storage.json"}` };
  const { price, problem } = await findStoragePrice(file, { endpoint: storage.endpoint, at: clock.now() });
  if (problem !== null) {
    const todo = "Mend that file; where STORAGE_PRICES_FILE names it, empty the variable to do without.";
    return [bad(tried, problem, "The page Storage shows no costs.", todo)];
  }
  if (file === undefined) return [];
  return [good(tried, price ? `Has the price of ${price.store}` : "Has no price for this store")];
}
