import type { Ports } from "~/ports/index.server";
import { sql } from "~/ports/sql.server";

const OWNERS = 500;
const IMAGES_AN_ARTICLE = 5;

const padded = (n: number, digits: number) => String(n).padStart(digits, "0");

/** Of 1,000,000: half generated, by owner and month, and half in 100,000 articles of the same owners. */
export function* storageKeys(images: number): Generator<string> {
  for (let n = 0; n < images; n++) {
    const owner = `u-${padded(n % OWNERS, 3)}`;
    if (n % 2 === 0) yield `generated/${owner}/2026/${padded(1 + (n % 12), 2)}/${padded(n, 7)}.png`;
    else {
      const topic = Math.floor(n / (2 * IMAGES_AN_ARTICLE));
      yield `u-${padded(topic % OWNERS, 3)}/topic-${topic}/supporting/${n.toString(16).padStart(8, "0")}.jpg`;
    }
  }
}

/** Their rows, as an index run writes them; every tenth image was given to another owner since. */
export async function seedRows({ db }: Pick<Ports, "db">, images: number): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "Owner" ("id", "name", "createdAt")
    WITH RECURSIVE n("n") AS (SELECT 0 UNION ALL SELECT "n" + 1 FROM n WHERE "n" + 1 < ${OWNERS})
    SELECT 'u-' || printf('%03d', "n"), 'Owner ' || "n", 0 FROM n`;
  const owner = sql`printf('%03d', CASE WHEN "n" % 10 = 0 THEN 7 WHEN "n" % 2 = 0 THEN "n" % ${OWNERS} ELSE "topic" % ${OWNERS} END)`;
  await db.$executeRaw`
    INSERT INTO "Image" ("key", "etag", "bytes", "kind", "ownerId", "modifiedAt", "createdAt", "isTextDue")
    WITH RECURSIVE n("n") AS (SELECT 0 UNION ALL SELECT "n" + 1 FROM n WHERE "n" + 1 < ${images}),
      t AS (SELECT "n", CAST("n" / ${2 * IMAGES_AN_ARTICLE} AS INTEGER) AS "topic" FROM n)
    SELECT CASE WHEN "n" % 2 = 0
                THEN 'generated/u-' || printf('%03d', "n" % ${OWNERS}) || '/2026/' || printf('%02d', 1 + "n" % 12) || '/' || printf('%07d', "n") || '.png'
                ELSE 'u-' || printf('%03d', "topic" % ${OWNERS}) || '/topic-' || "topic" || '/supporting/' || printf('%08x', "n") || '.jpg' END,
           'e', 1, CASE WHEN "n" % 2 = 0 THEN 'generated' ELSE 'upload' END, 'u-' || ${owner}, 0, 0, false FROM t`;
}
