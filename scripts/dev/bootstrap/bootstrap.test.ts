import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { absentNativePackages } from "./install.mjs";

const lock = { packages: { "": {}, "node_modules/better-sqlite3": {}, "node_modules/prisma": {} } };

/** Stands where npm would: notes each call and puts down small packages that behave as the bootstrap expects. */
const npmThatInstalls = `
const { appendFileSync, mkdirSync, writeFileSync } = require("node:fs");
appendFileSync("npm-calls.txt", process.argv.slice(2, 3) + "\\n");
const put = (path, text) => (mkdirSync(require("node:path").dirname(path), { recursive: true }), writeFileSync(path, text));
put("node_modules/better-sqlite3/package.json", '{"main":"index.js"}');
put("node_modules/better-sqlite3/index.js", "module.exports = class { close() {} };");
put("node_modules/prisma/package.json", '{"version":"1.0.0"}');
put("node_modules/prisma/build/index.js", "require('node:fs').mkdirSync('app/ports/prisma', { recursive: true }), require('node:fs').appendFileSync('app/ports/prisma/client.ts', '// generated')");
`;

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
  const { run, write, root, npmCalls } = makeClone(npmThatInstalls);
  const generated = () => readFileSync(join(root, "app/ports/prisma/client.ts"), "utf8").length / "// generated".length;

  expect((await run()).code).toBe(0);
  expect(npmCalls()).toEqual(["install"]);
  expect(generated()).toBe(1);

  expect(await run()).toEqual({ code: 0, said: "" });

  write("package.json", JSON.stringify({ name: "clone", scripts: { added: "true" } }));
  expect(await run()).toEqual({ code: 0, said: "" });

  write("package-lock.json", JSON.stringify({ ...lock, changed: true }));
  await run();
  expect(npmCalls()).toEqual(["install", "install"]);

  rmSync(join(root, "node_modules/prisma"), { recursive: true });
  await run();
  expect(npmCalls()).toEqual(["install", "install", "install"]);
  expect(generated()).toBe(1);

  write("prisma/schema.prisma", "model B {}");
  await run();
  expect(npmCalls()).toHaveLength(3);
  expect(generated()).toBe(2);
});

test("says what it does and for how long", async () => {
  const { said } = await makeClone(npmThatInstalls).run();
  expect(said).toMatch(/Installing packages …\n {2}done in \d+\.\d s\nGenerating the database client …\n {2}done in/);
});

test("refuses an old Node in one sentence", async () => {
  const older = `data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.18.3"})`;
  expect(await makeClone(npmThatInstalls).run([], ["--import", older])).toEqual({
    code: 1,
    said: "Node 20.18.3 is too old: install Node 20.19 or newer and run this again.\n",
  });
});

test("names the folder that it cannot write to", async () => {
  const { root, write, run, npmCalls } = makeClone(npmThatInstalls);
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
  expect(await run()).toMatchObject({ code: 1, said: expect.stringContaining("could not resolve") });
  write("tools/npm-cli.js", npmThatInstalls);
  expect((await run()).code).toBe(0);
  expect(npmCalls()).toEqual(["install"]);
});

test("explains itself to someone who calls it wrongly", async () => {
  expect(await makeClone(npmThatInstalls).run(["--wbe"])).toEqual({
    code: 2,
    said: "Usage: node scripts/dev/bootstrap.mjs [--web] [--run FILE [ARGUMENT…]]\n",
  });
});

test("finds the native packages of another platform that the lock file lacks", () => {
  const foreign = {
    packages: {
      "node_modules/biome": {
        optionalDependencies: { "@biome/cli-darwin-arm64": "2.0.0", "@biome/cli-linux-x64": "2.0.0" },
      },
      "node_modules/rolldown": {
        optionalDependencies: { "@rolldown/linux-x64-gnu": "1.0.0", "@rolldown/linux-x64-musl": "1.0.0" },
      },
      "node_modules/@biome/cli-linux-x64": {},
      "node_modules/@rolldown/linux-x64-gnu": {},
    },
  };
  const on = (platform: string, arch: string, isMusl = false) =>
    absentNativePackages("/nowhere", foreign, { platform, arch, isMusl });
  expect(on("linux", "x64")).toEqual([]);
  expect(on("linux", "x64", true)).toEqual(["@rolldown/linux-x64-musl@1.0.0"]);
  expect(on("darwin", "arm64")).toEqual(["@biome/cli-darwin-arm64@2.0.0"]);
});
