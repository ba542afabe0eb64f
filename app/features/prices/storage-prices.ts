import { z } from "zod";

/** A day as UTC midnight: “2026-12-01”. */
const day = z.iso
  .date({ error: "must be a day such as 2026-12-01" })
  .transform((text) => new Date(`${text}T00:00:00Z`));

/** Dollars for a gigabyte a month. Hardware of one's own may cost nothing; a class that is not listed has no known price. */
const usd = z.number().nonnegative();

const price = z.strictObject({
  from: day,
  /** Bytes of what the store bills as a gigabyte. */
  gigabyte: z.union([z.literal(1_000_000_000), z.literal(1_073_741_824)]),
  usdPerMonth: z.record(z.string().min(1), usd),
  /** Where the numbers were read, and when. */
  source: z.string().min(1),
  /** Why the number may not be what the store asks, as a sentence: someone else has told it, say. */
  caution: z.string().min(1).optional(),
});

const store = z
  .strictObject({
    name: z.string().min(1),
    /** Parts of an endpoint's address that tell it. */
    endpoints: z.array(z.string().min(1)).min(1),
    /** What the prices are, beside “for a gigabyte a month”; null: nothing else is to be said. */
    note: z.string().nullable(),
    /** The oldest first. */
    prices: z.array(price).min(1),
  })
  .superRefine(({ prices }, context) => {
    prices.forEach(({ from }, index) => {
      const before = prices[index - 1];
      if (before && from <= before.from) {
        const message = "must be later than the price before it";
        context.addIssue({ code: "custom", path: ["prices", index, "from"], message });
      }
    });
  });

/** prices/storage.json, and a file of the same form that comes before it. */
export const storagePriceFile = z.strictObject({ asOf: day, stores: z.array(store) });
export type PricedStore = z.infer<typeof store>;

/** What a store asks at a time, traffic and requests apart. */
export type StoragePrice = {
  store: string;
  from: Date;
  note: string | null;
  source: string;
  caution: string | null;
  /** Dollars for a byte a month, by storage class. */
  usdPerByte: ReadonlyMap<string, number>;
};

/** The price of the store at an endpoint; null: it is not listed (hardware of one's own, say). */
export function priceAt(stores: readonly PricedStore[], endpoint: string, at: Date): StoragePrice | null {
  const found = stores.find(({ endpoints }) => endpoints.some((part) => endpoint.includes(part)));
  const price = found?.prices.findLast(({ from }) => from <= at);
  if (!found || !price) return null;
  const { from, gigabyte, usdPerMonth, source, caution = null } = price;
  const usdPerByte = new Map(Object.entries(usdPerMonth).map(([name, usd]) => [name, usd / gigabyte]));
  return { store: found.name, from, note: found.note, source, caution, usdPerByte };
}

/** Bytes by storage class as dollars a month; null where the price of one of them is not known. */
export function monthlyUsd(
  price: StoragePrice | null,
  bytes: Iterable<readonly [storageClass: string, bytes: number]>,
) {
  let sum = 0;
  for (const [name, held] of bytes) {
    const each = price?.usdPerByte.get(name);
    if (each === undefined) return null;
    sum += each * held;
  }
  return price && sum;
}
