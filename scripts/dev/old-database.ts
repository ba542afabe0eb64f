/** `npx tsx scripts/dev/old-database.ts`: writes the database of before that tests upgrade, as SQL. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dumpSql } from "./old-database/dump-sql";
import { FIXTURE, writeOldDatabase } from "./old-database/write-old-database";

const folder = mkdtempSync(join(tmpdir(), "old-database-"));
try {
  const file = join(folder, "ops.db");
  writeOldDatabase(file, FIXTURE.images);
  const sql = dumpSql(file);
  writeFileSync(FIXTURE.file, sql);
  process.stdout.write(`${FIXTURE.file}: ${Buffer.byteLength(sql)} bytes\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
