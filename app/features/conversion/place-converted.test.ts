import { expect, test } from "vitest";
import { StorageError } from "~/ports/storage.server";
import { portsThatTell, portsThatWait } from "../../../tests/support/ports-that-tell";
import { openStudio } from "../../../tests/support/world/conversion-world";

const isPut = (method: string, key: string) => method === "put" && key === "a.webp";

test.each(["aws", "aws-versioned", "b2"])(
  "on %s, what someone else puts at the key of a converted image in the last moment stays there, and the image as it is",
  async (store) => {
    const studio = await openStudio(["a.png"], { store, thumbnails: false });
    const { db, ports, storage } = studio;
    const planned = await studio.planConversion();
    const foreign = () => storage.put("a.webp", Buffer.from("another's"), { contentType: "image/webp" });
    const run = await studio.apply(planned, { as: portsThatWait(ports, isPut, foreign) });
    expect(run).toMatchObject({ succeeded: 0, skipped: 1 });
    const left = await studio.contents();
    expect([Object.keys(left), left["a.webp"]]).toEqual([["a.png", "a.webp"], "another's"]);
    expect(await db.image.findMany({ where: { goneAt: null } })).toMatchObject([{ key: "a.png" }]);
  },
);

test("where the store takes no mark, nothing is put that no one would know for the console's", async () => {
  const studio = await openStudio(["a.png"], { thumbnails: false });
  const planned = await studio.planConversion();
  let puts = 0;
  const as = portsThatTell(studio.ports, (method, key) => {
    if (!isPut(method, key)) return;
    puts += 1;
    if (puts === 1) throw new StorageError("invalid", "The store takes 9 names of metadata.", false);
  });
  expect(await studio.apply(planned, { as })).toMatchObject({ failed: 1 });
  expect([puts, Object.keys(await studio.contents())]).toEqual([1, ["a.png"]]);
});

test("where a store no longer refuses taken keys since the plan, no image is put at a risk that no one accepted", async () => {
  const studio = await openStudio(["a.png"], { thumbnails: false });
  const { db } = studio;
  const planned = await studio.planConversion();
  const known = await db.storeAbilities.findFirstOrThrow();
  const abilities = JSON.stringify({ ...JSON.parse(known.abilities ?? "{}"), putIfAbsent: "ignored" });
  await db.storeAbilities.updateMany({ data: { abilities } });
  expect(await studio.apply(planned)).toMatchObject({ failed: 1 });
  expect(await db.jobItem.findFirst({ where: { runId: planned.id } })).toMatchObject({ errorClass: "needs-consent" });
  expect(Object.keys(await studio.contents())).toEqual(["a.png"]);
});
