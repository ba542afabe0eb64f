// What it costs that each commit is on the disk. Prints one JSON document. Usage: npm run bench -- synchronous
import { measureSynchronous } from "./synchronous/measure-synchronous.sql.server";

process.stdout.write(`${JSON.stringify(await measureSynchronous(), null, 2)}\n`);
