import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { Refusal, run } from "./steps.mjs";

/** Runs npm in the clone and keeps what it prints, as run does. */
export function npm(root, args) {
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
export function explainNpm(root, output) {
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
