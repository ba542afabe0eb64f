// Lists of 1,000,000 images with 3,000,000 labels: what the page's loader asks for beside the same as one SQL statement, in
// turn on one database; facets and counts; the page over HTTP; and an export of all beside sqlite3's own.
// Prints one JSON document. Usage: npm run bench -- images [IMAGES [PART…]]     (1,000,000 and all parts unless told)
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { benchExport } from "./images/bench-export";
import { benchLists } from "./images/bench-lists";
import { benchPage } from "./images/bench-page";
import { benchPorts } from "./images/bench-ports";
import { copyDatabase, imageDatabase } from "./images/generate-images";

const images = Number(process.argv[2] ?? 1_000_000);
const asked = process.argv.slice(3);

const folder = mkdtempSync(join(tmpdir(), "bench-images-"));
const file = copyDatabase(await imageDatabase(images), folder);
const parts: Record<string, () => Promise<unknown>> = {
  lists: async () => benchLists(await benchPorts(folder), file, images),
  page: () => benchPage(folder),
  export: () => benchExport(folder, file),
};
try {
  const result: Record<string, unknown> = { images };
  for (const [name, part] of Object.entries(parts)) {
    if (asked.length === 0 || asked.includes(name)) result[name] = await part();
  }
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
