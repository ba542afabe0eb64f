import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { explainNpm, npm } from "./npm.mjs";
import { fingerprint, isStamped, Refusal, stamp } from "./steps.mjs";

const withBinaries = {
  version: "13.2.0",
  integrity: "sha512-Z8Q/9x/uNyKxA1v4FNodyItRVRw1TeKBrmj32JhxhR0ceNcBY+wMobt/Bv7M7TzwPAXjnZRtNaEsATnUZSKWZQ==",
};

/**
 * The better-sqlite3 to install instead of the lock file's, or null. 13 ships a binary for these machines, whatever the
 * Node, and needs Node-API 10: Node 20, and 22 before 22.14, crash on opening a database with it. 12, the lock file's,
 * is compiled for one Node, and 24.19 to 24.21 abort with it.
 */
export function shippedSqlite({ platform, arch, versions }) {
  const hasBinary = ["linux", "darwin", "win32"].includes(platform) && ["x64", "arm64"].includes(arch);
  return hasBinary && Number(versions.napi) >= 10 ? withBinaries : null;
}

const folder = (root) => join(root, "node_modules", "better-sqlite3");

export function readSqliteVersion(root) {
  try {
    return JSON.parse(readFileSync(join(folder(root), "package.json"), "utf8")).version;
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

/** This Node, and this binary: one compiled again is another one. */
function sqlitePrint(root) {
  let compiledAt = null;
  try {
    compiledAt = statSync(join(folder(root), "build", "Release", "better_sqlite3.node")).mtimeMs;
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  const text = JSON.stringify([process.version, process.platform, process.arch, compiledAt]);
  return fingerprint(root, ["node_modules/better-sqlite3/package.json"], { text });
}

/**
 * Opens a database and lets the garbage collector take statements when none of our code runs, which is where a Node and a
 * better-sqlite3 that do not go together end the process.
 */
const probe = `
const db = new (require("better-sqlite3"))(":memory:");
for (let n = 0; n < 200; n++) db.prepare("SELECT 1").get();
const kept = [];
for (let n = 0; n < 1e6; n++) kept.push({});
setTimeout(() => {}, 10);
`;

/** In a process of its own, for a crash would take this one along. */
function runProbe(root) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, ["-e", probe], {
    cwd: root,
    encoding: "utf8",
  });
  // Windows has no signals: a crash is a large exit code there.
  const crash = signal || (status >= 128 ? `exit code ${status}` : null);
  if (status === 0) stamp(root, "sqlite", sqlitePrint(root));
  return { works: status === 0, crash, output: stdout + stderr };
}

/** Whether better-sqlite3 works under this Node; asked once for each of the two. */
export function sqliteWorks(root) {
  return isStamped(root, "sqlite", sqlitePrint(root)) || runProbe(root).works;
}

/**
 * Where installing ran no install scripts, or ran them for another Node.
 * @throws Refusal when it cannot be compiled, or crashes all the same
 */
export async function compileSqlite(root) {
  const { code, output } = await npm(root, ["rebuild", "better-sqlite3", "--ignore-scripts=false"]);
  const { works, crash, output: said } = runProbe(root);
  if (crash) {
    throw new Refusal(
      `better-sqlite3 ${readSqliteVersion(root)} crashes under Node ${process.versions.node} (${crash}): install the newest Node 22, 24 or 26 and run this again.`,
    );
  }
  if (code !== 0 || !works) throw new Refusal(explainNpm(root, `${output}\nbetter-sqlite3\n${said}`));
}
