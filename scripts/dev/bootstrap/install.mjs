import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { explainNpm, npm } from "./npm.mjs";
import { compileSqlite, readSqliteVersion, shippedSqlite, sqliteWorks } from "./sqlite.mjs";
import { fingerprint, isStamped, Refusal, stamp } from "./steps.mjs";

/** Installs the packages of the lock file, whole and working under this Node. */
export function installSteps(root) {
  return [
    {
      title: "Installing packages",
      isCurrent: () => isStamped(root, "packages", packagesPrint(root)) && isComplete(root),
      run: () => install(root),
    },
    {
      title: "Compiling better-sqlite3",
      isCurrent: () => sqliteWorks(root),
      run: () => compileSqlite(root),
    },
  ];
}

const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));
const shipped = () => shippedSqlite(process);

/** What decides which packages belong here. Scripts and descriptions in package.json do not. */
function packagesPrint(root) {
  const { scripts: _scripts, description: _description, ...rest } = readJson(join(root, "package.json"));
  const machine = [process.platform, process.arch, process.versions.modules, shipped()];
  return fingerprint(root, ["package-lock.json"], { text: JSON.stringify([machine, rest]) });
}

/** What npm installed last, as it keeps it for itself. */
const readInstalled = (root) => readJson(join(root, "node_modules", ".package-lock.json")).packages;

/** Nothing that npm put here is gone, and better-sqlite3 is the one for this Node: `npm install` by hand puts back the lock file's. */
function isComplete(root) {
  if (!existsSync(join(root, "node_modules", ".package-lock.json"))) return false;
  const isThere = ([path, { optional }]) => optional || existsSync(join(root, path, "package.json"));
  if (!Object.entries(readInstalled(root)).every(isThere)) return false;
  return !shipped() || readSqliteVersion(root) === shipped().version;
}

async function install(root) {
  const sqlite = shipped() ? [`better-sqlite3@${shipped().version}`] : [];
  // --no-save: whatever npm installs, a clone stays as it was committed.
  const options = ["--no-save", "--include=dev", "--no-audit", "--no-fund", "--no-progress"];
  const result = await npm(root, ["install", ...options, ...sqlite]);
  if (result.code !== 0) throw new Refusal(explainNpm(root, result.output));
  // The lock file vouches for all the others.
  if (shipped() && readInstalled(root)["node_modules/better-sqlite3"].integrity !== shipped().integrity) {
    throw new Refusal(
      `better-sqlite3 ${shipped().version} came from npm's registry with other contents than it was published with: do not use it, and check which registry npm is set to.`,
    );
  }
  stamp(root, "packages", packagesPrint(root));
}
