import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isRunning } from "../../../tests/support/process";
import { assertPortsFree, findFreePorts } from "./ports";
import { keepRunning, lastLines } from "./process";

/** An entry point that does as `body` says, and notes its id once it does. */
function makeEntry(body: string) {
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-process-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const entry = join(folder, "entry.ts");
  writeFileSync(entry, `${body}\nconsole.log("started " + process.pid);`);
  const logFile = join(folder, "logs", "entry.log");
  const starts = () => {
    try {
      return readFileSync(logFile, "utf8").match(/started \d+/g) ?? [];
    } catch {
      return [];
    }
  };
  return { entry, logFile, starts };
}

test("a process that is killed is started again, and said so", async () => {
  const { entry, logFile, starts } = makeEntry("setInterval(() => {}, 1000);");
  const deaths: string[] = [];
  const kept = keepRunning(entry, { env: process.env, logFile, onDeath: (how) => deaths.push(how) });
  onTestFinished(() => kept.stop());
  await expect.poll(() => starts().length).toBe(1);
  process.kill(kept.pid() ?? -1, "SIGKILL");
  await expect.poll(() => starts().length).toBe(2);
  expect(deaths).toEqual(["SIGKILL"]);
});

test("a process that is stopped ends well and stays stopped", async () => {
  const { entry, logFile, starts } = makeEntry(
    'process.once("SIGTERM", () => { console.log("ended well"); process.exit(0); }); setInterval(() => {}, 1000);',
  );
  const kept = keepRunning(entry, { env: process.env, logFile, onDeath: () => {} });
  await expect.poll(() => starts().length).toBe(1);
  await kept.stop();
  expect(lastLines(logFile, 1)).toBe("ended well");
  expect(isRunning(kept.pid() ?? -1)).toBe(false);
});

test("a port in use is named with what it is for and how to choose another", async () => {
  const server = createServer();
  const [port = 0] = await findFreePorts(1);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
  });
  await expect(assertPortsFree([{ name: "the console", port, option: "--port" }])).rejects.toThrow(
    `Port ${port} (the console) is in use: stop what uses it, or choose another with --port.`,
  );
});
