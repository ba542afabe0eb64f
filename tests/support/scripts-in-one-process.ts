/**
 * Runs scripts one after the other in this process, for what each does before it opens anything: loading all that a script can do
 * takes a hundred times as long as refusing an option. Reads [["undo", ["abc"]], …] on stdin and prints what each said as JSON.
 */
import { json } from "node:stream/consumers";
import { setImmediate as nextTurn } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { z } from "zod";

const cases = z.array(z.tuple([z.string(), z.array(z.string())])).parse(await json(process.stdin));

const streams = { stdout: process.stdout, stderr: process.stderr };
const print = streams.stdout.write.bind(streams.stdout);
let said = { stdout: "", stderr: "" };
for (const name of ["stdout", "stderr"] as const) {
  streams[name].write = (text: string | Uint8Array) => {
    said[name] += text;
    return true;
  };
}

const ended: object[] = [];
for (const [n, [name, options]] of cases.entries()) {
  said = { stdout: "", stderr: "" };
  process.exitCode = undefined;
  process.argv.splice(2, Infinity, ...options);
  // A file with another query is another module, which runs again; what it imports is here already.
  await import(`${pathToFileURL(`scripts/${name}.ts`)}?${n}`);
  while (process.exitCode === undefined) await nextTurn();
  ended.push({ name, options, code: process.exitCode, ...said });
  for (const signal of ["SIGINT", "SIGTERM"]) process.removeAllListeners(signal);
}
process.exitCode = 0;
print(JSON.stringify(ended));
