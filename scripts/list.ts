import { loadEnv } from "~/ports/env.server";
import { lists } from "./list/lists";
import { asJson, asLines, asTable } from "./list/print-list";
import { listsHelp, readList } from "./list/read-list";
import { endWith, UsageError } from "./run-script/end-with";
import { asUsage } from "./run-script/image-query";
import { flag, parseOptions } from "./run-script/parse-options";
import { printText } from "./run-script/print";
import { withPorts } from "./run-script/with-ports";

const usage = `Lists what pages list, narrowed as their addresses narrow it. It changes nothing.

  npx tsx scripts/list.ts NAME [ADDRESS] [--json | --ndjson]

  NAME      one of those below; without it they are listed
  ADDRESS   what stands behind “?” in the page's address ("kind=upload&sort=key-asc"), or all of it; which part of the list is
            shown there, and how it is drawn, makes no difference

  --json    print exactly one JSON document on stdout: an array with a row on each line, written as it is read
  --ndjson  print a JSON object on each line
  --help    this text

Without --json or --ndjson, a table of the first 100 rows.
Exit code: 0 listed, 1 it could not be read, 2 usage.

${listsHelp(lists)}`;

async function main(): Promise<void> {
  const { values, positionals } = parseOptions({
    options: { json: flag, ndjson: flag, help: flag },
    allowPositionals: true,
  });
  if (values.help || (positionals.length === 0 && !values.json && !values.ndjson)) {
    process.stdout.write(`${values.help ? usage : listsHelp(lists)}\n`);
    return;
  }
  if (values.json && values.ndjson) throw new UsageError("Give --json or --ndjson, not both.");
  const { list, params } = readList(lists, positionals);
  const env = loadEnv();
  await withPorts(env, async (ports) => {
    const pages = list.pages(ports, params, env)[Symbol.asyncIterator]();
    // What the list refuses is said before anything is printed.
    const first = await asUsage(() => pages.next());
    const all = (async function* () {
      if (first.done) return;
      yield first.value;
      for (let next = await pages.next(); !next.done; next = await pages.next()) yield next.value;
    })();
    if (values.json) await write(asJson(all));
    else if (values.ndjson) await write(asLines(all));
    else printText(await asTable(all, list.columns));
  });
}

/** Waits for whoever reads: the whole of a long list never lies in memory. */
async function write(parts: AsyncIterable<string>): Promise<void> {
  for await (const part of parts) {
    if (process.stdout.write(part)) continue;
    await new Promise((resolve) => process.stdout.once("drain", resolve));
  }
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // Who reads has enough, as “head” does.
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

main().catch(endWith);
