import Database from "better-sqlite3";

/** A copy of the database for plain SQL, with the product's pragmas and the two runs, 901 and 902, that its ledger rows belong to. */
export function openPlainDatabase(file: string) {
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.pragma("foreign_keys = ON");
  db.pragma("wal_autocheckpoint = 16000");
  db.exec(`
    INSERT INTO "JobRun" ("id", "kind", "title", "lane", "status", "payload", "actor", "actorName", "createdAt")
    SELECT value, 'plain', 'Plain', 1, 'succeeded', '{}', 'script:bench', 'Bench', 0 FROM json_each('[901, 902]')`);
  return db;
}
