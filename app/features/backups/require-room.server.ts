import { DomainError } from "~/features/domain-error";
import { bytes } from "~/features/format";
import type { Ports } from "~/ports/index.server";

/** What the console itself may go on writing meanwhile. */
const LEFT_FREE_BYTES = 250e6;

/**
 * Before a copy is begun: a disk that fills stops the whole console.
 * @throws DomainError "conflict" where so many bytes do not fit beside the database
 */
export async function requireRoom(
  { db, machine }: Pick<Ports, "db" | "machine">,
  needed: (sizes: { bytes: number; logBytes: number }) => number,
  what: string,
): Promise<void> {
  const sizes = await machine.measureFile(db);
  const wanted = needed(sizes) + LEFT_FREE_BYTES;
  if (sizes.freeBytes >= wanted) return;
  throw new DomainError(
    "conflict",
    `${what} needs ${bytes(wanted)} on the disk of ${sizes.file}, and ${bytes(sizes.freeBytes)} are free: nothing was begun. Make room, then run this again.`,
  );
}
