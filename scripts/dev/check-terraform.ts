/**
 * `npm run check:terraform`: format and tests of terraform/, and its resources where `terraform init` was run there.
 * Needs no network. Where there is no terraform it says so and does not fail.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const root = "terraform";

function main() {
  if (terraform(".", "version") === null) {
    console.log("There is no terraform here, so terraform/ was not checked.");
    return;
  }
  expect(root, "fmt", "-check", "-recursive", "-diff");
  for (const name of readdirSync(join(root, "modules"))) runTests(join(root, "modules", name));
  if (existsSync(join(root, ".terraform", "providers"))) {
    expect(root, "validate");
    runTests(root);
  } else {
    console.log("terraform/: format checked; its resources are validated, too, once `terraform init` was run there.");
  }
}

function runTests(folder: string) {
  const said = expect(folder, "test");
  console.log(`${folder}: ${said.match(/\d+ passed, \d+ failed/)?.[0] ?? "no test ran"}`);
}

/** What terraform printed; ends this process with it where terraform failed. */
function expect(folder: string, ...command: [string, ...string[]]): string {
  const done = terraform(folder, ...command);
  if (done?.status === 0) return done.stdout;
  console.error(`terraform ${command.join(" ")} failed in ${folder}:\n${done?.stdout}${done?.stderr}`);
  process.exit(1);
}

/** Null where it is not installed. */
function terraform(folder: string, name: string, ...more: string[]) {
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_ARGS: "-no-color" };
  const done = spawnSync("terraform", [`-chdir=${folder}`, name, ...more], { encoding: "utf8", env });
  if (done.error === undefined) return done;
  if ("code" in done.error && done.error.code === "ENOENT") return null;
  throw done.error;
}

main();
