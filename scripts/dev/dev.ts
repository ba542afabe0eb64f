/** `npm run dev`: the console on the local cloud, reloading what changes. */
import { watch } from "node:fs";
import { assertConsolePortsFree, portOptions, readArguments } from "./console/arguments";
import { startLocalConsole } from "./console/local-console";
import { runUntilStopped } from "./console/run-until-stopped";
import { seedBucket } from "./sample-images";

const usage = `Usage: npm run dev [-- --port N] [--cloud-port N]
Serves the console, its worker and the local cloud until Ctrl-C. Pages reload; the web process and the worker restart when a file that they loaded changes. The database and the bucket are the demo's, in .data.
${portOptions}`;

/** Vite reloads what pages import; these are loaded once, when the web process starts. */
const loadedByWeb = /^(ports|web)\//;
const loadedByWorker = /^(ports|features)\//;

await runUntilStopped(async (onStop) => {
  const { ports, store } = readArguments(usage, []);
  await assertConsolePortsFree(ports);
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`);
  const local = await startLocalConsole({ ports, store, folder: ".data", dev: true, onStop, say });
  await seedBucket(local.ports.storage);

  const restarts = new Map<string, NodeJS.Timeout>();
  const restartSoon = (name: "web" | "worker") => {
    clearTimeout(restarts.get(name));
    restarts.set(
      name,
      setTimeout(() => {
        say(`Restarting the ${name}.`);
        void local[name].restart();
      }, 300),
    );
  };
  const onChange = (path: string) => {
    if (/\.test\.tsx?$|^ports\/prisma\//.test(path)) return;
    if (loadedByWeb.test(path)) restartSoon("web");
    if (loadedByWorker.test(path)) restartSoon("worker");
  };
  const watchers = [
    watch("app", { recursive: true }, (_event, path) => onChange(path?.replaceAll("\\", "/") ?? "")),
    watch("jobs", { recursive: true }, () => restartSoon("worker")),
    watch("labels", () => restartSoon("worker")),
    watch("server.ts", () => restartSoon("web")),
  ];
  onStop(async () => {
    for (const watcher of watchers) watcher.close();
    for (const timer of restarts.values()) clearTimeout(timer);
  });
  say(`The console is at ${local.url}; logs are in .data/logs. Ctrl-C ends it.`);
});
