import type { Db, Tx } from "~/ports/db.server";

type Writer = Pick<Db, "$write">;

/** Ends a transaction so that nothing of it stays. */
class Rehearsed extends Error {
  override name = "Rehearsed";
}

/**
 * What `work` would give or refuse, by doing it in transactions that are then taken back: a dry run asks just what the
 * real one does.
 */
export async function rehearse<Result>(db: Writer, work: (db: Writer) => Promise<Result>): Promise<Result> {
  return work({
    async $write<T>(write: (tx: Tx) => Promise<T>): Promise<T> {
      const kept: { value: T }[] = [];
      const taken = db.$write(async (tx) => {
        kept.push({ value: await write(tx) });
        throw new Rehearsed("The transaction is taken back.");
      });
      await taken.catch((error: unknown) => {
        if (!(error instanceof Rehearsed)) throw error;
      });
      const last = kept.at(-1);
      if (!last) throw new Error("The rehearsal did not come to its end.");
      return last.value;
    },
  });
}
