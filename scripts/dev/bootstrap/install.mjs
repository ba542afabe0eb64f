import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fingerprint, isStamped, Refusal, run, runNode, stamp } from "./steps.mjs";

/** Installs the packages of the lock file, whole and loadable. */
export function installSteps(root) {
  return [
    {
      title: "Installing packages",
      isCurrent: () => isStamped(root, "packages", packagesPrint(root)) && isComplete(root),
      run: () => install(root),
    },
    {
      title: "Compiling better-sqlite3",
      isCurrent: () => canLoadSqlite(root),
      run: () => compileSqlite(root),
    },
  ];
}

const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/** What decides which packages belong here. Scripts and descriptions in package.json do not. */
function packagesPrint(root) {
  const { scripts: _scripts, description: _description, ...rest } = readJson(join(root, "package.json"));
  const machine = [process.platform, process.arch, process.versions.modules];
  return fingerprint(root, ["package-lock.json"], { text: JSON.stringify([machine, rest]) });
}

function isComplete(root) {
  const packages = Object.entries(readJson(join(root, "package-lock.json")).packages);
  return packages.every(([path, { optional }]) => optional || existsSync(join(root, path, "package.json")));
}

async function install(root) {
  // --no-save: npm may add what the lock file lacks for this machine, but a clone stays as it was committed.
  const result = await npm(root, ["install", "--no-save", "--include=dev", "--no-audit", "--no-fund", "--no-progress"]);
  if (result.code !== 0) throw new Refusal(explainNpm(root, result.output));
  const absent = absentNativePackages(root, readJson(join(root, "package-lock.json")), thisMachine());
  if (absent.length > 0) {
    process.stderr.write(`\n  The lock file lacks ${absent.join(", ")} for this platform: npm adds them.\n`);
    const added = await npm(root, ["install", "--no-save", "--no-audit", "--no-fund", "--no-progress", ...absent]);
    if (added.code !== 0) throw new Refusal(explainNpm(root, added.output));
  }
  stamp(root, "packages", packagesPrint(root));
}

const thisMachine = () => ({
  platform: process.platform,
  arch: process.arch,
  isMusl: process.platform === "linux" && process.report.getReport().header.glibcVersionRuntime === undefined,
});

/**
 * Native packages, as name@version, that a package offers for this machine and that are neither in the lock file nor
 * installed: npm leaves out, silently, what a lock file made elsewhere does not list.
 */
export function absentNativePackages(root, lock, { platform, arch, isMusl }) {
  const fits = (name) =>
    new RegExp(`[/-]${platform}-${arch}(-|$)`).test(name) && (platform !== "linux" || /musl/.test(name) === isMusl);
  return Object.entries(lock.packages).flatMap(([owner, { optionalDependencies }]) =>
    Object.entries(optionalDependencies || {})
      .filter(([name]) => fits(name))
      .filter(([name]) =>
        [join(owner, "node_modules", name), join("node_modules", name)].every(
          (path) => !lock.packages[path.replace(/\\/g, "/")] && !existsSync(join(root, path)),
        ),
      )
      .map(([name, version]) => `${name}@${version}`),
  );
}

function canLoadSqlite(root) {
  try {
    const Database = createRequire(join(root, "package.json"))("better-sqlite3");
    new Database(":memory:").close();
    return true;
  } catch {
    return false;
  }
}

/** Where installing ran no install scripts, or ran them for another Node. */
async function compileSqlite(root) {
  const { code, output } = await npm(root, ["rebuild", "better-sqlite3", "--ignore-scripts=false"]);
  const loads = await runNode(root, ["-e", "new (require('better-sqlite3'))(':memory:')"]);
  if (code !== 0 || loads.code !== 0) throw new Refusal(explainNpm(root, `${output}\nbetter-sqlite3\n${loads.output}`));
}

function npm(root, args) {
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, ...nodeHeaders() };
  const npmFile = process.env.npm_execpath;
  if (npmFile && /npm-cli\.js$/.test(npmFile)) return run(process.execPath, [npmFile, ...args], { cwd: root, env });
  return run("npm", args, { cwd: root, env, shell: process.platform === "win32" }).catch((error) => {
    if (error.code === "ENOENT") throw new Refusal("npm is missing: install it beside Node and run this again.");
    throw error;
  });
}

/** Node's headers, where they lie beside this very Node, so that node-gyp need not download them. */
function nodeHeaders() {
  const prefix = dirname(dirname(process.execPath));
  if (process.env.npm_config_nodedir || !hasHeaders(prefix)) return {};
  return { npm_config_nodedir: prefix };
}

function hasHeaders(prefix) {
  const file = join(prefix, "include", "node", "node_version.h");
  if (!existsSync(file)) return false;
  const text = readFileSync(file, "utf8");
  const part = (name) => (text.match(new RegExp(`#define NODE_${name}_VERSION (\\d+)`)) || [])[1];
  return [part("MAJOR"), part("MINOR"), part("PATCH")].join(".") === process.versions.node;
}

const compilerTools = process.platform === "win32" ? ["python"] : ["python3", "make", "g++"];

/** Of what compiling better-sqlite3 takes, what the PATH does not have. */
function absentTools(path = process.env.PATH || "") {
  const folders = path.split(delimiter).filter(Boolean);
  const names = (tool) => (process.platform === "win32" ? [`${tool}.exe`] : [tool]);
  return compilerTools.filter(
    (tool) => !folders.some((folder) => names(tool).some((n) => existsSync(join(folder, n)))),
  );
}

/** npm's pages of errors as one sentence; what they said is kept in a file. */
function explainNpm(root, output) {
  if (
    /better-sqlite3/.test(output) &&
    /gyp ERR|prebuild-install|invalid ELF|NODE_MODULE_VERSION|bindings/.test(output)
  ) {
    const absent = absentTools();
    if (absent.length > 0) {
      return `better-sqlite3 must be compiled on this machine, which lacks ${absent.join(", ")}: install ${absent.length > 1 ? "them" : "it"} (Debian: apt-get install python3 make g++) and run this again.`;
    }
    if (/gyp ERR!.*(headers|getaddrinfo|nodejs\.org|FetchError|ECONNREFUSED|ETIMEDOUT)/.test(output)) {
      return `better-sqlite3 must be compiled on this machine, which lacks Node's headers and cannot download them: install them for Node ${process.versions.node} (Debian: libnode-dev), set npm_config_nodedir to their prefix and run this again.`;
    }
  }
  const unreachable = output.match(/code (ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET|ERR_SOCKET_TIMEOUT)/);
  if (unreachable) {
    return `npm could not reach its registry (${unreachable[1]}): check the network and npm's proxy settings, and run this again.`;
  }
  const denied = output.match(/code (EACCES|EROFS|EPERM|ENOSPC)/);
  if (denied)
    return `npm could not write to ${join(root, "node_modules")} (${denied[1]}): mend that and run this again.`;
  return `${output.trimEnd().split("\n").slice(-40).join("\n")}\nInstalling packages failed: npm says why above.`;
}
