import { findStoragePrice } from "~/features/prices/load-storage-prices.server";
import type { AbilityLine } from "~/features/storage/explain-abilities";
import type { Ports } from "~/ports/index.server";
import { bad, good } from "./check-services";

/** Whether the costs of the storage can be told; a line only where a file of one's own is named, or ours cannot be used. */
export async function checkPrices({
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
