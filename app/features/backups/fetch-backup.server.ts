import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, rmSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { DomainError } from "~/features/domain-error";
import type { Ports } from "~/ports/index.server";
import { quote, quoteKey } from "~/quote";
import type { Backup } from "./list-backups.server";
import { objectParts } from "./object-parts.server";

/**
 * Writes the database of a backup to a file, once all of it has come and is what its manifest says.
 * @param to a file that is not there
 * @throws DomainError "conflict": it was cut or is damaged; nothing is left then
 */
export async function fetchBackup(
  { storage }: Pick<Ports, "storage">,
  { backup, to, signal }: { backup: Backup; to: string; signal: AbortSignal },
): Promise<void> {
  const { key, manifest } = backup;
  const hash = createHash("sha256");
  async function* read() {
    for await (const part of objectParts({ storage }, { key, bytes: manifest.bytes, signal })) {
      hash.update(part);
      yield part;
    }
  }
  const isWhole = await unpack(Readable.from(read()), { what: quoteKey(key), to, signal });
  if (isWhole && hash.digest("hex") === manifest.sha256) return;
  rmSync(to, { force: true });
  throw new DomainError(
    "conflict",
    `${quoteKey(key)} is not what its manifest says: it was cut, damaged or replaced. Take another backup (--list shows them).`,
  );
}

/**
 * The same of a compressed file that someone has downloaded; nothing tells what it was.
 * @throws DomainError "conflict" where it ends too early or is no such file; nothing is left then
 */
export async function unpackFile(file: string, { to, signal }: { to: string; signal: AbortSignal }): Promise<void> {
  if (await unpack(createReadStream(file), { what: quote(file), to, signal })) return;
  throw new DomainError(
    "conflict",
    `${quote(file)} ends too early or is damaged: download it again, or take another backup.`,
  );
}

/** False, with nothing left, for what is no whole gzip. */
async function unpack(
  from: Readable,
  { what, to, signal }: { what: string; to: string; signal: AbortSignal },
): Promise<boolean> {
  try {
    await pipeline(from, createGunzip(), createWriteStream(to, { flags: "wx", mode: 0o600 }), { signal });
    return true;
  } catch (error) {
    rmSync(to, { force: true });
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (/^Z_/.test(code)) return false;
    if (!/ENOSPC|EDQUOT|EFBIG/.test(code)) throw error;
    throw new DomainError("conflict", `There is no room to unpack ${what} to ${to}: make room, then run this again.`);
  }
}
