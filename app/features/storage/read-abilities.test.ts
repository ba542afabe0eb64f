import { expect, test } from "vitest";
import { createStorage } from "~/ports/storage.server";
import { rawClient, setVersions } from "../../../tests/support/store/test-bucket";
import { openWorld } from "../../../tests/support/world/world";
import { findStore, forgetAbilities, probeStore, readAbilities, recheckAbilities } from "./read-abilities.server";

const never = new AbortController().signal;

test("a store is probed once, and what was seen is kept", async () => {
  const { ports, requests } = await openWorld();
  expect(await findStore(ports)).toMatchObject({ abilities: null, staleReason: null, failure: null });
  expect(requests.count()).toBe(0);
  const probed = await readAbilities(ports, never);
  requests.reset();
  expect(await readAbilities(ports, never)).toEqual(probed);
  expect((await findStore(ports)).abilities).toEqual(probed);
  expect(requests.count()).toBe(0);
});

test("another bucket or another endpoint is another store", async () => {
  const { ports, env } = await openWorld();
  await readAbilities(ports, never);
  const other = createStorage({ ...env, S3_BUCKET: "another" });
  expect((await findStore({ ...ports, storage: other })).abilities).toBeNull();
});

test("a plan asks whether versions are kept as before, and probes the store again where not", async () => {
  const { ports, env, requests } = await openWorld();
  expect(await readAbilities(ports, never)).toMatchObject({ versions: "off" });
  requests.reset();
  expect(await recheckAbilities(ports, never)).toMatchObject({ versions: "off" });
  expect(requests.byOperation()).toEqual({ GetBucketVersioning: 1 });
  await setVersions(rawClient(env), env.S3_BUCKET, "enabled");
  expect(await recheckAbilities(ports, never)).toMatchObject({ versions: "enabled" });
  expect((await findStore(ports)).abilities).toMatchObject({ versions: "enabled" });
});

test("what a bad day left unknown is probed again by the next plan", async () => {
  const { ports, setFaults, requests } = await openWorld(undefined, "b2");
  setFaults([{ operation: "ListObjectVersions", status: 500 }]);
  expect(await readAbilities(ports, never)).toMatchObject({ versions: "enabled", versionRights: "unknown" });
  setFaults([]);
  expect(await recheckAbilities(ports, never)).toMatchObject({ versionRights: "granted" });
  requests.reset();
  await recheckAbilities(ports, never);
  expect(requests.byOperation()).toEqual({ GetBucketVersioning: 1 });
});

test("who may not ask for versions plans with what is known", async () => {
  const { ports, setFaults, requests } = await openWorld();
  setFaults([{ operation: "GetBucketVersioning", status: 403, code: "AccessDenied" }]);
  const known = await readAbilities(ports, never);
  requests.reset();
  expect(await recheckAbilities(ports, never)).toEqual(known);
  expect(requests.count()).toBe(0);
});

test("what the store contradicts is probed before anyone relies on it again", async () => {
  const { ports, requests } = await openWorld();
  await readAbilities(ports, never);
  await forgetAbilities(ports, "Put-if-absent was honored; now it answers 501.");
  expect(await findStore(ports)).toMatchObject({ staleReason: "Put-if-absent was honored; now it answers 501." });
  requests.reset();
  await readAbilities(ports, never);
  expect(requests.count("PutObject")).toBeGreaterThan(0);
  expect(await findStore(ports)).toMatchObject({ staleReason: null });
});

test("two at once: both know, one row", async () => {
  const { ports, db } = await openWorld();
  const [one, two] = await Promise.all([readAbilities(ports, never), readAbilities(ports, never)]);
  expect({ ...one, probedAt: null }).toEqual({ ...two, probedAt: null });
  expect(await db.storeAbilities.count()).toBe(1);
  expect(one).toMatchObject({ putIfAbsent: "honored", doubts: [], leftovers: [] });
});

test("a probe that comes to nothing is told, and what was known stays", async () => {
  const { ports, setFaults } = await openWorld();
  const known = await readAbilities(ports, never);
  setFaults([{ status: 503 }]);
  await expect(probeStore(ports, { signal: never })).rejects.toMatchObject({ code: "unavailable" });
  const store = await findStore(ports);
  expect(store.failure).toEqual({ sentence: expect.stringContaining("answered 503"), at: expect.any(Date) });
  expect(store.abilities).toEqual(known);
  setFaults([]);
  await probeStore(ports, { signal: never });
  expect((await findStore(ports)).failure).toBeNull();
});

test("who asked for a probe is in the audit log, whatever came of it", async () => {
  const { ports, db, setFaults } = await openWorld();
  const actor = { id: "operator:1", name: "Mina" };
  await probeStore(ports, { signal: never, actor });
  setFaults([{ status: 503 }]);
  await probeStore(ports, { signal: never, actor }).catch(() => null);
  expect(await db.auditEvent.findMany({ select: { actorName: true, action: true, sentence: true } })).toEqual([
    {
      actorName: "Mina",
      action: "store.probe",
      sentence: "Probed the bucket “test-bucket”: put-if-absent honored · versions not kept",
    },
    { actorName: "Mina", action: "store.probe", sentence: expect.stringMatching(/^Tried to probe .*answered 503/) },
  ]);
});

test("what another version of the console kept is probed anew", async () => {
  const { ports, db } = await openWorld();
  await readAbilities(ports, never);
  await db.storeAbilities.updateMany({ data: { abilities: '{"putIfAbsent":"yes"}' } });
  expect((await findStore(ports)).abilities).toBeNull();
  expect(await readAbilities(ports, never)).toMatchObject({ putIfAbsent: "honored" });
});
