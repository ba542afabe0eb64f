// Lists of 1,000,000 images with 3,000,000 labels: what the page's loader asks for beside the same as one SQL statement, in
// turn on one database; facets and counts; the page over HTTP; and an export of all beside sqlite3's own.
// Prints tables and a verdict for each thing asked. Usage: npm run bench -- images [IMAGES [PART…]]     (1,000,000 and all parts unless told)
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { benchExport } from "./images/bench-export";
import { benchLists } from "./images/bench-lists";
import { benchPage } from "./images/bench-page";
import { benchPorts } from "./images/bench-ports";
import { copyDatabase, imageDatabase } from "./images/generate-images";
import { type Line, verdicts } from "./images/report";

const images = Number(process.argv[2] ?? 1_000_000);
const asked = process.argv.slice(3);

const folder = mkdtempSync(join(tmpdir(), "bench-images-"));
const file = copyDatabase(await imageDatabase(images), folder);
const parts: Record<string, () => Promise<Line[]>> = {
  lists: async () => benchLists(await benchPorts(folder), file, images),
  page: () => benchPage(folder),
  export: () => benchExport(folder, file),
};
try {
  const lines: Line[] = [];
  for (const [name, part] of Object.entries(parts)) {
    if (asked.length === 0 || asked.includes(name)) lines.push(...(await part()));
  }
  verdicts(lines);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
