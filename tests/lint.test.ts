// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are files of code that break our rules
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";

const folder = mkdtempSync(join(tmpdir(), "lint-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const named = /^Write this name with quote\(\) of app\/quote\.ts/;

const keyed = /^Write this key with quoteKey\(\) of app\/quote\.ts/;

const worded = /^Write this attribute with attributeWords\(\) of app\/features\/attribute-words\.ts/;

const ending = /An import of our own code has no file ending/;
const outside = /Outside of app\/, a file of app\/ is imported as ~\/…/;
const inside = /Inside app\/, the own folder and what is below it is imported as \.\/…, anything else of app\/ as ~\/…/;

const inSqlFile = /Write SQL in a file that ends in \.sql\.server\.ts/;
const dialect = /This is SQLite's own way to say it: use a function of app\/ports\/sql\.server\.ts/;

const oneClock = /Take the time from the clock port \(clock\.now\(\)\), or measure a span by performance\.now\(\)/;

const byName = /Ask isKnownError\(error, name\) of app\/features\/known-error\.ts/;

const reserved = /A call to a model costs money: reserve it, and make it with carryOutCall\(\)/;

/** What our own rules of scripts/lint/ complain of, file by file, where each breaks one of them or is close to it. */
const planted: [path: string, text: string, complaint: RegExp | null][] = [
  ["app/features/curly.ts", "export const said = (key: string) => `Wrote “${key}” there.`;", named],
  ["app/features/added.ts", 'export const said = (key: string) => ["No “", key, "”"].join("");', named],
  ["app/features/straight.ts", 'export const said = (key: string) => `Could not read "${key}" in time.`;', named],
  ["app/ports/first.ts", 'export const said = (key: string) => `"${key}" is taken.`;', named],
  ["app/routes/a/page.tsx", "export const Title = ({ to }: { to: string }) => <p>Moves to “{to}”</p>;", named],
  ["scripts/script.ts", "export const said = (key: string) => `No run ‘${key}’`;", named],
  ["app/features/key.ts", "export const said = (key: string) => `The example ${key} is gone.`;", keyed],
  ["app/features/base.ts", "export const said = (to: string) => `${baseName(to)} becomes the reference`;", keyed],
  ["app/routes/a/alt.tsx", "export const Alt = ({ key }: Key) => <img alt={`Example ${baseName(key)}`} />;", keyed],
  ["app/features/group.ts", "export const said = ({ group }: Renamed) => `Rename ${group} to ${name}`;", keyed],
  ["scripts/prefix.ts", "export const said = ({ prefix }: Values) => `--prefix ${prefix}: too long`;", keyed],
  ["app/features/quoted.ts", "export const said = (key: string) => `The example ${quoteKey(key)} is gone.`;", null],
  ["app/features/below.ts", "export const below = ({ prefix }: Root, key: string) => `${prefix}${key}/a b`;", null],
  ["app/features/a/key.sql.server.ts", 'export const is = (key: string) => sql`"a"."key" = ${key} AND 1 = 1`;', null],
  ["app/features/set.ts", "export const said = (attribute: string) => `Set ${attribute} to warm.`;", worded],
  ["scripts/of.ts", "export const said = ({ label }: Labeled) => `  ${label.attribute}: 3 of 4`;", worded],
  ["app/routes/a/name.tsx", "export const Name = ({ label }: Labeled) => <b>{label.attribute}</b>;", worded],
  ["app/features/column.ts", "export const said = (attribute: string) => `No ${quote(attribute)} in line 3.`;", null],
  ["app/features/place.ts", "export const placed = (id: number, attribute: string) => `${id}:${attribute}`;", null],
  [
    "app/features/a/is.server.ts",
    'export const is = (attribute: string) => sql`a."b" = ${attribute} AND 1 = 1`;',
    null,
  ],
  ["app/features/etag.ts", 'export const etag = (hash: string) => `"${hash}"`;', null],
  ["app/features/fixed.ts", "export const said = (page: number) => `Press “Apply” on page ${page}.`;", null],
  ["app/features/any.test.ts", "export const said = (key: string) => `Wrote “${key}” there.`;", null],
  ["scripts/dev/s3/error.ts", 'export const said = (key: string) => `Unknown name "${key}".`;', null],
  ["app/features/a/raw.server.ts", "export const read = (db: Db) => db.$queryRaw`SELECT 1`;", inSqlFile],
  ["app/routes/a/route.tsx", "export const read = (tx: Tx) => tx.$executeRawUnsafe(text);", inSqlFile],
  ["app/features/a/raw.sql.server.ts", "export const read = (db: Db) => db.$queryRaw`SELECT 1`;", null],
  ["app/features/a/raw.server.test.ts", "export const read = (db: Db) => db.$queryRaw`SELECT 1`;", null],
  ["app/features/a/each.sql.server.ts", "export const rows = (all: Sql) => sql`FROM json_each(${all})`;", dialect],
  ["app/features/a/like.sql.server.ts", "export const like = (text: string) => sql`a LIKE ${text}`;", dialect],
  ["app/features/a/small.sql.server.ts", "export const like = (text: string) => sql`a like ${text}`;", dialect],
  ["scripts/text.sql.server.ts", "export const text = 'SELECT 1 FROM json_each(?)';", dialect],
  ["app/features/a/now.sql.server.ts", 'export const now = sql`UPDATE "A" SET "at" = CURRENT_TIMESTAMP`;', dialect],
  ["app/features/a/is.sql.server.ts", 'export const differs = sql`a."b" IS NOT c."d"`;', dialect],
  ["app/features/a/null.sql.server.ts", 'export const is = sql`a."b" IS NOT NULL AND a."c" IS DISTINCT FROM 1`;', null],
  ["app/features/a/catch.ts", "export const is = (error: unknown) => error instanceof DomainError;", byName],
  ["app/web/catch.ts", "export const is = (error: unknown) => !(error instanceof StorageError);", byName],
  ["app/ports/catch.ts", "export const is = (error: unknown) => error instanceof StorageError;", null],
  ["app/features/a/until.ts", "export const until = Date.now() + 5_000;", oneClock],
  ["jobs/now.ts", "export const at = new Date();", oneClock],
  ["app/features/a/then.ts", "export const at = (ms: number) => new Date(ms);", null],
  ["scripts/bench/span.ts", "export const startedAt = Date.now();", null],
  ["app/features/a/syntax.ts", "export const is = (error: unknown) => error instanceof SyntaxError;", null],
  ["app/features/a/ask.server.ts", "export const ask = (ports: Ports) => ports.model.label(request);", reserved],
  ["scripts/ask.ts", "export const ask = ({ model }: Ports) => model.label(request);", reserved],
  [
    "app/features/labeling/asking/carry-out-call.server.ts",
    "export const ask = (ports: Ports) => ports.model.label(request);",
    null,
  ],
  ["app/features/a/count.server.ts", "export const count = (ports: Ports) => ports.model.countTokens(request);", null],
  ["app/features/a/up.ts", 'export * from "../b/c";', inside],
  ["app/features/a/far.ts", 'export * from "~/features/b/c";', null],
  ["app/features/a/near.ts", 'export * from "./c/d";', null],
  ["app/features/a/near.test.ts", 'export * from "../../../tests/support/db";', null],
  ["app/features/a/ending.ts", 'export * from "./c.ts";', ending],
  ["scripts/bench/far.ts", 'export * from "../../app/features/b/c";', outside],
  ["server.ts", 'export * from "./app/features/b/c";', outside],
  ["scripts/bench/near.ts", 'export * from "../run-script/run-script";', null],
  ["tests/ending.ts", 'export * from "~/features/b/c.tsx";', ending],
  ["scripts/package.ts", 'export * from "@aws-sdk/client-s3";', null],
];

test("our own rules say what to do where they are broken, and nothing elsewhere", async () => {
  for (const name of ["biome.json", "scripts/lint"]) cpSync(name, join(folder, name), { recursive: true });
  for (const [path, text] of planted) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
  }
  const complaints = await lint();
  for (const [path, , complaint] of planted) {
    const own = complaints.filter(({ location }) => location.path === path).map(({ message }) => message);
    expect(own, path).toEqual(complaint === null ? [] : [expect.stringMatching(complaint)]);
  }
});

const report = z.object({
  diagnostics: z.array(z.object({ message: z.string(), location: z.object({ path: z.string() }) })),
});

async function lint() {
  const biome = resolve("node_modules/@biomejs/biome/bin/biome");
  const args = [biome, "lint", "--vcs-enabled=false", "--reporter=json"];
  const stdout = await new Promise<string>((done) => {
    execFile(process.execPath, args, { cwd: folder }, (_, output) => done(output));
  });
  return report.parse(JSON.parse(stdout)).diagnostics;
}
