import { readAbilities } from "~/features/storage/read-abilities.server";
import type { Ports } from "~/ports/index.server";
import type { TestStore } from "./test-store";

/** What was seen of each store that this file has tested on, as the database keeps it: probing takes a hundred calls. */
const seen = new Map<string, { abilities: string | null; probedAt: Date | null }>();

/** Has the abilities of the test's store be known, as they are to every console that has planned something. */
export async function keepAbilities({ db, storage, clock }: Ports, { store }: { store: TestStore }): Promise<void> {
  const { endpoint, bucket } = storage;
  const known = seen.get(store.name);
  if (known) await db.storeAbilities.create({ data: { endpoint, bucket, ...known } });
  else {
    await readAbilities({ db, storage, clock }, new AbortController().signal);
    const row = await db.storeAbilities.findUniqueOrThrow({ where: { endpoint_bucket: { endpoint, bucket } } });
    seen.set(store.name, { abilities: row.abilities, probedAt: row.probedAt });
  }
}
