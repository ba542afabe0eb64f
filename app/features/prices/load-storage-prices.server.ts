import { readJsonFile } from "~/features/json-file.server";
import { isKnownError } from "~/features/known-error";
import { type PricedStore, priceAt, type StoragePrice, storagePriceFile } from "./storage-prices";

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

/**
 * The price of the store at an endpoint, and why there is none where a file of prices cannot be used: a sentence with the file and
 * what to do. No other file stands in for a broken one, whose prices may be others.
 */
export async function findStoragePrice(
  file: string | undefined,
  { endpoint, at }: { endpoint: string; at: Date },
): Promise<{ price: StoragePrice | null; problem: string | null }> {
  try {
    return { price: priceAt(await loadStoragePrices(file), endpoint, at), problem: null };
  } catch (error) {
    if (!isKnownError(error, "DomainError")) throw error;
    const [what, ...lines] = error.message.replace(/\.$/, "").split(/\n\s*/);
    const why = lines.length > 0 ? `${what} ${lines.join("; ")}` : what;
    return {
      price: null,
      problem: `${why}. No cost is shown until that file is mended; it is read again at each look.`,
    };
  }
}
