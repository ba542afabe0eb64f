import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { shippedSqlite } from "./sqlite.mjs";

const lock = { packages: { "": {}, "node_modules/better-sqlite3": {}, "node_modules/prisma": {} } };

const { version: withBinaries, integrity } = shippedSqlite({
  platform: "linux",
  arch: "x64",
  versions: { napi: "10" },
}) ?? { version: "", integrity: "" };

/**
 * Stands where npm would: notes each call and puts down small packages that behave as the bootstrap expects.
 * @param sqlite.code what opening a database runs
 */
const npmThatInstalls = (sqlite: { code?: string; integrity?: string } = {}) => `
const { appendFileSync, mkdirSync, writeFileSync } = require("node:fs");
const put = (path, text) => (mkdirSync(require("node:path").dirname(path), { recursive: true }), writeFileSync(path, text));
const [, , command, ...args] = process.argv;
const asked = args.find((argument) => argument.startsWith("better-sqlite3@"));
appendFileSync("npm-calls.txt", command + (asked ? " " + asked : "") + "\\n");
if (command === "install") {
  const version = asked ? asked.split("@")[1] : "12.11.1";
  put("node_modules/better-sqlite3/package.json", JSON.stringify({ main: "index.js", version }));
  put("node_modules/better-sqlite3/index.js", ${JSON.stringify(
    `module.exports = class { constructor() { ${sqlite.code ?? ""} } prepare() { return { get() {} }; } };`,
  )});
  put("node_modules/prisma/package.json", '{"version":"1.0.0"}');
  put("node_modules/prisma/build/index.js", "require('node:fs').mkdirSync('app/ports/prisma', { recursive: true }), require('node:fs').appendFileSync('app/ports/prisma/client.ts', '// generated')");
  const packages = { "node_modules/better-sqlite3": { version, integrity: ${JSON.stringify(sqlite.integrity ?? integrity)} }, "node_modules/prisma": {} };
  put("node_modules/.package-lock.json", JSON.stringify({ packages }));
}
`;

/** Node's options that make it say that it is of another version. */
const as = (versions: Partial<NodeJS.ProcessVersions>) => {
  const set = Object.entries(versions).map(
    ([name, value]) => `Object.defineProperty(process.versions,"${name}",{value:"${value}"});`,
  );
  return ["--import", `data:text/javascript,${set.join("")}`];
};
const node20 = as({ napi: "9", modules: "115" });
const node22 = as({ napi: "10", modules: "127" });

/** A clone with nothing in it but what the bootstrap reads. */
function makeClone(npm: string) {
  const root = mkdtempSync(join(tmpdir(), "diffs-ops-bootstrap-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  cpSync("scripts/dev/bootstrap.mjs", join(root, "scripts/dev/bootstrap.mjs"));
  cpSync("scripts/dev/bootstrap", join(root, "scripts/dev/bootstrap"), { recursive: true });
  write("package.json", JSON.stringify({ name: "clone", scripts: {} }));
  write("package-lock.json", JSON.stringify(lock));
  write("prisma/schema.prisma", "model A {}");
  write("tools/npm-cli.js", npm);
  const run = (args: string[] = [], nodeArgs: string[] = []) =>
    new Promise<{ code: number; said: string }>((resolve) => {
      const program = [...nodeArgs, join(root, "scripts/dev/bootstrap.mjs"), ...args];
      const env = {
        NODE_ENV: "test" as const,
        PATH: join(root, "tools"),
        npm_execpath: join(root, "tools/npm-cli.js"),
      };
      execFile(process.execPath, program, { env }, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === "number" ? error.code : 0, said: stdout + stderr }),
      );
    });
  const npmCalls = () => {
    const file = join(root, "npm-calls.txt");
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  };
  return { root, write, run, npmCalls };
}

const npmThatFails = (output: string) => `process.stderr.write(${JSON.stringify(output)}); process.exit(1);`;

test("each step runs once, and again only when its input changed", async () => {
  const { run, write, root, npmCalls } = makeClone(npmThatInstalls());
  const generated = () => readFileSync(join(root, "app/ports/prisma/client.ts"), "utf8").length / "// generated".length;

  expect((await run([], node20)).code).toBe(0);
  expect(npmCalls()).toEqual(["install"]);
  expect(generated()).toBe(1);

  expect(await run([], node20)).toEqual({ code: 0, said: "" });

  write("package.json", JSON.stringify({ name: "clone", scripts: { added: "true" } }));
  expect(await run([], node20)).toEqual({ code: 0, said: "" });

  write("package-lock.json", JSON.stringify({ ...lock, changed: true }));
  await run([], node20);
  expect(npmCalls()).toEqual(["install", "install"]);

  rmSync(join(root, "node_modules/prisma"), { recursive: true });
  await run([], node20);
  expect(npmCalls()).toEqual(["install", "install", "install"]);
  expect(generated()).toBe(1);

  write("prisma/schema.prisma", "model B {}");
  await run([], node20);
  expect(npmCalls()).toHaveLength(3);
  expect(generated()).toBe(2);
});

test("says what it does and for how long", async () => {
  const { said } = await makeClone(npmThatInstalls()).run();
  expect(said).toMatch(/Installing packages …\n {2}done in \d+\.\d s\nGenerating the database client …\n {2}done in/);
});

test("refuses an old Node in one sentence", async () => {
  expect(await makeClone(npmThatInstalls()).run([], as({ node: "20.18.3" }))).toEqual({
    code: 1,
    said: "Node 20.18.3 is too old: install Node 20.19 or newer and run this again.\n",
  });
});

test("names the folder that it cannot write to", async () => {
  const { root, write, run, npmCalls } = makeClone(npmThatInstalls());
  write(".data", "a file where the folder belongs");
  const { code, said } = await run();
  expect(code).toBe(1);
  expect(said).toMatch(
    new RegExp(`^Cannot write to ${join(root, ".data")} \\(E\\w+\\): make it writable .*again\\.\n$`),
  );
  expect(npmCalls()).toEqual([]);
});

test("names the compiler's tools that the machine lacks", async () => {
  const { run, write } = makeClone(
    npmThatFails("npm error path node_modules/better-sqlite3\nnpm error gyp ERR! find Python"),
  );
  write("tools/make", "");
  const { code, said } = await run();
  expect(code).toBe(1);
  expect(said).toBe(
    "Installing packages …\nbetter-sqlite3 must be compiled on this machine, which lacks python3, g++: install them (Debian: apt-get install python3 make g++) and run this again.\n",
  );
});

test("names Node's headers when node-gyp cannot have them", async () => {
  const output = "better-sqlite3\ngyp ERR! stack FetchError: request to https://nodejs.org/download failed";
  const { run, write } = makeClone(npmThatFails(output));
  for (const tool of ["python3", "make", "g++"]) write(`tools/${tool}`, "");
  const { code, said } = await run();
  expect(code).toBe(1);
  expect(said).toMatch(/lacks Node's headers and cannot download them: install them for Node \d+\.\d+\.\d+ /);
});

test("says that the registry cannot be reached", async () => {
  const { code, said } = await makeClone(npmThatFails("npm error code ENOTFOUND\nnpm error network")).run();
  expect(code).toBe(1);
  expect(said).toMatch(/npm could not reach its registry \(ENOTFOUND\): check the network/);
});

test("repeats npm's own words for anything else, and asks again next time", async () => {
  const { run, write, npmCalls } = makeClone(npmThatFails("npm error code ERESOLVE\nnpm error could not resolve"));
  expect(await run([], node20)).toMatchObject({ code: 1, said: expect.stringContaining("could not resolve") });
  write("tools/npm-cli.js", npmThatInstalls());
  expect((await run([], node20)).code).toBe(0);
  expect(npmCalls()).toEqual(["install"]);
});

test("explains itself to someone who calls it wrongly", async () => {
  expect(await makeClone(npmThatInstalls()).run(["--wbe"])).toEqual({
    code: 2,
    said: "Usage: node scripts/dev/bootstrap.mjs [--web] [--run FILE [ARGUMENT…]]\n",
  });
});

test.each([
  [{ napi: "9" }, "linux", "x64", undefined],
  [{ napi: "10" }, "linux", "x64", "13.2.0"],
  [{ napi: "10" }, "darwin", "arm64", "13.2.0"],
  [{ napi: "11" }, "win32", "x64", "13.2.0"],
  [{ napi: "10" }, "linux", "s390x", undefined],
  [{ napi: "10" }, "freebsd", "x64", undefined],
])("under Node-API %o on %s %s the better-sqlite3 with binaries is %s", (versions, platform, arch, version) => {
  expect(shippedSqlite({ platform, arch, versions })?.version).toBe(version);
});

test("each Node gets the better-sqlite3 that works with it, in one clone by turns", async () => {
  const { run, npmCalls } = makeClone(npmThatInstalls());
  expect((await run([], node20)).code).toBe(0);
  expect((await run([], node22)).code).toBe(0);
  expect(await run([], node22)).toEqual({ code: 0, said: "" });
  expect((await run([], node20)).code).toBe(0);
  expect(npmCalls()).toEqual(["install", `install better-sqlite3@${withBinaries}`, "install"]);
});

test("what `npm install` by hand took away is put back", async () => {
  const { run, write, npmCalls } = makeClone(npmThatInstalls());
  await run([], node22);
  write("node_modules/better-sqlite3/package.json", '{"main":"index.js","version":"12.11.1"}');
  expect((await run([], node22)).code).toBe(0);
  expect(npmCalls()).toHaveLength(2);
});

test("refuses a better-sqlite3 that is not the one that was published", async () => {
  const { code, said } = await makeClone(npmThatInstalls({ integrity: "sha512-other" })).run([], node22);
  expect(code).toBe(1);
  expect(said).toContain(`better-sqlite3 ${withBinaries} came from npm's registry with other contents`);
});

test.each([
  ["node20", node20, "12.11.1"],
  ["node22", node22, withBinaries],
])("names a Node that crashes with its better-sqlite3: %s", async (_, options, version) => {
  const { run, npmCalls } = makeClone(npmThatInstalls({ code: "process.kill(process.pid, 'SIGSEGV');" }));
  const { code, said } = await run([], [...options]);
  expect(code).toBe(1);
  expect(said.trimEnd().split("\n").at(-1)).toBe(
    `better-sqlite3 ${version} crashes under Node ${process.versions.node} (SIGSEGV): install the newest Node 22, 24 or 26 and run this again.`,
  );
  expect(npmCalls().at(-1)).toBe("rebuild");
});

test("the lock file lists the native packages of every platform, and better-sqlite3 for Node 20", () => {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const absent = Object.entries<{ optionalDependencies?: Record<string, string> }>(packages).flatMap(
    ([owner, { optionalDependencies }]) =>
      Object.keys(optionalDependencies ?? {}).filter(
        (name) => !foldersAbove(owner, name).some((path) => packages[path]),
      ),
  );
  expect(absent, "npm install --package-lock-only completes it").toEqual([]);
  expect(packages["node_modules/better-sqlite3"].version).toMatch(/^12\./);
});

/** Where Node looks for a package that another one imports. */
function foldersAbove(owner: string, name: string): string[] {
  const parts = owner.split("/node_modules/");
  return ["", ...parts.map((_, at) => `${parts.slice(0, at + 1).join("/node_modules/")}/`)].map(
    (folder) => `${folder}node_modules/${name}`,
  );
}
