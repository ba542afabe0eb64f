/** What Prisma's own engine thinks of a database's history, and does about it. The engine serves one database a process. */
import { askPrisma } from "../../scripts/db-migrate/schema-engine";

console.log(JSON.stringify(await askPrisma(`file:${process.argv[2]}`)));
