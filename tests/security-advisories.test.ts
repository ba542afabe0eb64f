import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import remix from "../remix.config.js";

const lock = z
  .object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) })
  .parse(JSON.parse(readFileSync("package-lock.json", "utf8")));
const rows = readFileSync("docs/security-advisories.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| [CVE-"));

test("advisories were looked at for the versions that are installed: after a change, look again", () => {
  const named = rows.flatMap((row) => {
    const versions = (row.split(" | ")[1] ?? "").matchAll(/(@?[a-z][a-z/-]+) (\d+\.\d+\.\d+)/g);
    return Array.from(versions, ([, name, version]) => ({ name: name ?? "", version }));
  });
  expect(named).toContainEqual({ name: "turbo-stream", version: "2.4.1" });
  expect(named.map(({ name }) => ({ name, version: lock.packages[`node_modules/${name}`]?.version }))).toEqual(named);
});

test("the manifest's address, which two advisories are about, is not there", () => {
  expect(remix.future.v3_lazyRouteDiscovery).toBe(false);
});
