import { readJsonFile } from "~/features/json-file.server";
import { type PricedStore, storagePriceFile } from "./storage-prices";

const LISTED = "prices/storage.json";

/**
 * The stores that prices/storage.json lists, of the project that the process runs in. Those of another file of the same form
 * come before them.
 * @param file the other one; undefined: none
 * @throws DomainError "invalid" with one line for each thing that is wrong with a file
 */
export async function loadStoragePrices(file: string | undefined): Promise<PricedStore[]> {
  const files = [...(file ? [file] : []), LISTED];
  const read = await Promise.all(files.map((one) => readJsonFile(one, storagePriceFile)));
  return read.flatMap(({ stores }) => stores);
}
