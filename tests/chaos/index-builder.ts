/** Builds the index of similar images of DATABASE_URL, once, as a worker does. */

import { keepIndex, tidy } from "~/features/similar-images/keep-indexes.server";
import { createDb } from "~/ports/db.server";
import { createLog } from "~/ports/log.server";

const db = await createDb(process.env.DATABASE_URL ?? "");
const { signal } = new AbortController();
await tidy({ db });
await keepIndex({ db, log: createLog("silent") }, process.argv[2] ?? "", { sound: new Set(), signal });
await db.$disconnect();
