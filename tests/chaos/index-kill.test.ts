import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { indexFolder } from "~/features/similar-images/file/index-file";
import { findSimilar } from "~/features/similar-images/find-similar.server";
import { tidy } from "~/features/similar-images/keep-indexes.server";
import { runProcess } from "../support/process";
import { tries } from "../support/tries";
import { MODEL, openEmbedded, schema } from "../support/world/embedded-images";

const IMAGES = 4_001;
/** Kills at each of the five moments of a build. */
const ROUNDS = tries(1, 4);

test(`an index is built after ${5 * ROUNDS} kills -9 of its build, and searches answer meanwhile`, async () => {
  const { db, deps } = await openEmbedded(IMAGES, { dimensions: 8 });
  const folder = indexFolder(db.$file);
  const names = () => (existsSync(folder) ? readdirSync(folder).sort() : []);
  const build = () => runProcess(["tests/chaos/index-builder.ts", MODEL], { DATABASE_URL: `file:${db.file}` });
  const row = await db.imageEmbedding.findFirstOrThrow({ where: { imageId: 5 } });
  const like = { vector: new Float32Array(Uint8Array.from(row.vector).buffer) };
  const answers = async () => {
    const found = await findSimilar(deps, { model: MODEL, like, query: {}, k: 5, schema });
    expect(found).toMatchObject({ kind: "found", images: [{ imageId: 5 }, {}, {}, {}, {}] });
  };

  const isBuilding = () => {
    try {
      return /"indexed":[1-9]/.test(readFileSync(join(folder, "building.json"), "utf8"));
    } catch {
      return false;
    }
  };
  const moments = [
    () => names().includes("building.json"),
    isBuilding,
    () => names().some((name) => name.endsWith(".usearch")),
    () => names().some((name) => name.endsWith(".codes")),
    () => names().some((name) => name.includes(".json") && !name.startsWith("building")),
  ];
  for (const hasCome of Array.from({ length: ROUNDS }, () => moments).flat()) {
    // What the one before has left would be taken for this one's.
    rmSync(folder, { recursive: true, force: true });
    const victim = build();
    let hasEnded = false;
    void victim.ended.then(() => {
      hasEnded = true;
    });
    while (!hasCome() && !hasEnded) await sleep(1);
    victim.kill("SIGKILL");
    await victim.ended;
    await answers();
  }

  expect(await build().ended).toMatchObject({ code: 0 });
  await expect.poll(() => tidy({ db }).then(names)).toHaveLength(3);
  await answers();
});

test("two processes that build at once leave one index, and both read it", async () => {
  const { db, deps } = await openEmbedded(IMAGES, { dimensions: 8 });
  const build = () => runProcess(["tests/chaos/index-builder.ts", MODEL], { DATABASE_URL: `file:${db.file}` }).ended;
  for (const { code, stderr } of await Promise.all([build(), build()]))
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  await expect.poll(() => tidy({ db }).then(() => readdirSync(indexFolder(db.$file)))).toHaveLength(3);
  const found = await findSimilar(deps, { model: MODEL, like: { imageId: 5 }, query: {}, k: 5, schema });
  expect(found).toMatchObject({ kind: "found", isExact: false });
});
