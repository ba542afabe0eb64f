import { describe, expect, test } from "vitest";
import { foreseeMoves } from "~/features/images/move/foresee-moves.server";
import { moveItem } from "~/features/images/move/move-object.server";
import type { ProbedAbilities } from "~/features/storage/abilities";
import { probeStore, recheckAbilities } from "~/features/storage/read-abilities.server";
import type { Db } from "~/ports/db.server";
import type { Acl, Storage } from "~/ports/storage.server";
import { openMoves, testMoves } from "../../../../tests/support/world/move-world";

const never = new AbortController().signal;
const EVERYONE = "http://acs.amazonaws.com/groups/global/AllUsers";
const [FROM, TO] = ["references/정면.png", "references/측면.png"];

const headers = {
  contentType: "image/png",
  metadata: { "original-name": "정면 사진.png" },
  contentDisposition: 'attachment; filename="정면 사진.png"',
  expires: "Tue, 21 Oct 2031 07:28:00 GMT",
};
const tags = { reviewed: "yes", 촬영: "서울" };

/** Who may do what, in no order. */
const grantsOf = ({ grants }: Acl) => grants.map((grant) => JSON.stringify(grant)).sort();

const real = process.env.S3_CONTRACT_ENDPOINT ? ["real", "real-versioned", "real-suspended"] : [];

describe.each(["aws", "aws-versioned", "ceph", "ceph-versioned", "ceph-suspended", ...real])("on %s", (store) => {
  test("tags, ACL, Expires, website redirect and names in any language go along, and come back", async () => {
    const { storage, plan, ports } = await openMoves(store);
    await storage.put(FROM, Buffer.from("one"), { ...headers, websiteRedirect: "/elsewhere", tags });
    const { ownerId, grants } = await storage.readAcl(FROM);
    const shared: Acl = {
      ownerId,
      grants: [...grants, { permission: "READ", grantee: { type: "group", uri: EVERYONE } }],
    };
    await storage.writeAcl(FROM, shared);
    for (const [from, to] of [
      [FROM, TO],
      [TO, FROM],
    ] as const) {
      const { items, context } = await plan([{ from, to }]);
      const result = items[0] && (await moveItem(ports, items[0], context));
      expect(result).toEqual({ outcome: "succeeded", after: { key: to, etag: expect.any(String), bytes: 3 } });
      expect(await storage.head(to)).toMatchObject({ ...headers, websiteRedirect: "/elsewhere" });
      expect(await storage.readTags(to)).toEqual(tags);
      expect(grantsOf(await storage.readAcl(to))).toEqual(grantsOf(shared));
    }
  });
});

test("a storage class goes along", async () => {
  const { storage, plan, ports } = await openMoves("aws");
  await storage.put(FROM, Buffer.from("one"), { ...headers, storageClass: "STANDARD_IA" });
  const { items, context } = await plan([{ from: FROM, to: TO }]);
  expect(items[0] && (await moveItem(ports, items[0], context))).toMatchObject({ outcome: "succeeded" });
  expect(await storage.head(TO)).toMatchObject({ storageClass: "STANDARD_IA" });
});

test("tags that the store takes no more are kept with the item, and its undo gives them back", async () => {
  const { storage, plan, ports, setFaults, contents } = await openMoves("aws");
  await storage.put(FROM, Buffer.from("one"), { ...headers, tags });
  const { items, context } = await plan([{ from: FROM, to: TO }]);
  const [item] = items;
  if (!item) throw new Error("Nothing was planned");
  setFaults([{ operation: "PutObject", keyPattern: "측면", status: 403, code: "AccessDenied", times: 1 }]);
  const result = await moveItem(ports, item, context);
  expect(result).toMatchObject({ outcome: "succeeded", after: { key: TO, lost: { tags } } });
  expect(await storage.readTags(TO)).toEqual({});

  const back = await plan([{ from: TO, to: FROM }]);
  const undo = back.items[0];
  if (!undo || result.outcome !== "succeeded") throw new Error("Nothing was planned");
  const restored = await moveItem(ports, { ...undo, before: result.after ?? null }, back.context);
  expect(restored).toEqual({ outcome: "succeeded", after: { key: FROM, etag: expect.any(String), bytes: 3 } });
  expect(await storage.readTags(FROM)).toEqual(tags);
  expect(await contents()).toEqual({ [FROM]: "one" });
});

/** Has the console know something else of the store than what a probe saw. */
async function keepKnown(db: Db, change: Partial<ProbedAbilities>) {
  const row = await db.storeAbilities.findFirstOrThrow();
  const abilities = JSON.stringify({ ...JSON.parse(row.abilities ?? "{}"), ...change });
  await db.storeAbilities.updateMany({ data: { abilities } });
}

test.each<Partial<ProbedAbilities>>([{ tags: "unknown", acl: "unknown" }, { tags: "uncounted" }])(
  "tags and ACL go along where the store is known by %o",
  async (known) => {
    const { storage, plan, ports, db } = await openMoves("aws");
    await storage.put(FROM, Buffer.from("one"), { ...headers, tags });
    const acl = await storage.readAcl(FROM);
    const everyone = { permission: "READ", grantee: { type: "group", uri: EVERYONE } } as const;
    const shared: Acl = { ...acl, grants: [...acl.grants, everyone] };
    await storage.writeAcl(FROM, shared);
    const { items, context } = await plan([{ from: FROM, to: TO }]);
    await keepKnown(db, known);
    const untold: Storage["get"] = async (key, options) => {
      const { head, body } = await storage.get(key, options);
      return { head: { ...head, tagCount: undefined }, body };
    };
    const silent = { ...ports, storage: { ...storage, get: untold } };

    const result = items[0] && (await moveItem(silent, items[0], context));

    expect(result).toEqual({ outcome: "succeeded", after: { key: TO, etag: expect.any(String), bytes: 3 } });
    expect(await storage.readTags(TO)).toEqual(tags);
    expect(grantsOf(await storage.readAcl(TO))).toEqual(grantsOf(shared));
  },
);

test("where tags are refused its ACL goes along all the same", async () => {
  const { storage, plan, ports, setFaults } = await openMoves("aws");
  await storage.put(FROM, Buffer.from("one"), { ...headers, tags });
  const own = await storage.readAcl(FROM);
  const everyone = { permission: "READ", grantee: { type: "group", uri: EVERYONE } } as const;
  const shared: Acl = { ...own, grants: [...own.grants, everyone] };
  await storage.writeAcl(FROM, shared);
  const { items, context } = await plan([{ from: FROM, to: TO }]);
  setFaults([{ operation: "PutObject", keyPattern: "측면", status: 403, code: "AccessDenied", times: 1 }]);
  const result = items[0] && (await moveItem(ports, items[0], context));
  expect(result).toEqual({
    outcome: "succeeded",
    after: { key: TO, etag: expect.any(String), bytes: 3, lost: { tags } },
  });
  expect(grantsOf(await storage.readAcl(TO))).toEqual(grantsOf(shared));
});

describe("the plan says before it is applied", () => {
  test("that tags and ACLs cannot be read at all", async () => {
    const { ports, db, put } = await openMoves("aws");
    await put({ [FROM]: "one" });
    await keepKnown(db, { tags: "denied", acl: "denied" });
    expect(await foreseeMoves(ports, [{ from: FROM, to: TO }], never)).toEqual({
      warnings: [
        "These credentials may not read and write tags (s3:GetObjectTagging, s3:PutObjectTagging), so 1 object would lose any tags.",
        "These credentials may not read and write ACLs (s3:GetObjectAcl, s3:PutObjectAcl), so 1 object would get the bucket's default ACL.",
      ],
    });
  });

  test("that the store gave no clear answer about them", async () => {
    const { ports, put, setFaults } = await openMoves("aws");
    await put({ [FROM]: "one" });
    setFaults(["PutObjectTagging", "PutObjectAcl"].map((operation) => ({ operation, status: 500 })));
    await probeStore(ports);
    expect(await foreseeMoves(ports, [{ from: FROM, to: TO }], never)).toEqual({
      warnings: [
        "The store gave no clear answer about tags, so 1 object would lose any tags that it does not let the console read and write.",
        "The store gave no clear answer about ACLs, so 1 object would get the bucket's default ACL where it does not let the console read and write their own.",
      ],
    });
  });

  test.each([
    [
      { "x-amz-object-lock-mode": "GOVERNANCE" },
      "A retention or legal hold applies to 1 object. It stays on the version under the old key; the copy gets the bucket's default retention.",
    ],
    [
      { "x-amz-object-lock-legal-hold": "ON" },
      "A retention or legal hold applies to 1 object. It stays on the version under the old key; the copy gets the bucket's default retention.",
    ],
    [
      { "x-amz-server-side-encryption": "aws:kms", "x-amz-server-side-encryption-aws-kms-key-id": "arn:aws:kms:key" },
      "A KMS key encrypts 1 object. What moves is encrypted as the bucket encrypts by default.",
    ],
  ])("what %j comes to", async (withHeaders, sentence) => {
    const { ports, put, setFaults } = await openMoves("aws");
    await put({ "a/1": "1", "a/2": "2" });
    setFaults([{ operation: "HeadObject", keyPattern: "2$", withHeaders }]);
    const moves = ["1", "2"].map((name) => ({ from: `a/${name}`, to: `b/${name}` }));
    expect(await foreseeMoves(ports, moves, never)).toEqual({ warnings: [sentence] });
  });

  test("that the ACL of single objects cannot be read", async () => {
    const { carryOut, put, setFaults } = await openMoves("aws");
    await put({ "a/1": "1", "a/2": "2", "a/3": "3" });
    setFaults([{ operation: "GetObjectAcl", keyPattern: "2$", status: 403, code: "AccessDenied" }]);
    const moves = ["1", "2", "3"].map((name) => ({ from: `a/${name}`, to: `b/${name}` }));
    const run = await carryOut(testMoves, { moves });
    expect(run.summary?.warnings).toEqual([
      "The ACL of 1 object cannot be read, so these would get the bucket's default ACL.",
    ]);
    expect(run).toMatchObject({ succeeded: 3 });
  });

  test.each([
    ["aws", undefined],
    ["b2", undefined],
    ["ceph-versioned", undefined],
    ["ceph-suspended", undefined],
    [
      "swift",
      "This store cannot refuse a write to a key that is taken, and it keeps no versions. An object that someone else writes to one of the 2 keys in the moment between the console's look and its own write is replaced for good. If the store can keep versions, turn them on for this bucket to remove this risk.",
    ],
  ])("on %s which risk it cannot rule out: %s", async (store, needsConsent) => {
    const { ports } = await openMoves(store);
    await recheckAbilities(ports, never);
    const moves = [1, 2].map((n) => ({ from: `a/${n}`, to: `b/${n}` }));
    expect((await foreseeMoves(ports, moves, never)).needsConsent).toBe(needsConsent);
  });

  test("that a right is missing which would rule the risk out, and names it", async () => {
    const { ports, db } = await openMoves("b2");
    await keepKnown(db, { versionRights: "missing", missingRights: ["s3:DeleteObjectVersion"] });
    expect((await foreseeMoves(ports, [{ from: FROM, to: TO }], never)).needsConsent).toBe(
      "This store cannot refuse a write to a key that is taken, and the console's credentials may not list, read and delete single versions. An object that someone else writes to the key that the move goes to in the moment between the console's look and its own write is replaced for good. Grant s3:DeleteObjectVersion.",
    );
  });

  test.each(["aws-versioned", "aws-suspended"])("that older versions stay where they are (%s)", async (store) => {
    const { ports } = await openMoves(store);
    expect((await foreseeMoves(ports, [{ from: FROM, to: TO }], never)).warnings).toEqual([
      "Only current versions move. Older versions stay under the keys that they have now.",
    ]);
  });

  test("that a deleted key of a bucket with versions suspended is one", async () => {
    const { ports, put, storage } = await openMoves("ceph-suspended");
    await put({ "b/1": "gone" });
    await storage.delete("b/1");
    const moves = [1, 2].map((n) => ({ from: `a/${n}`, to: `b/${n}` }));
    expect((await foreseeMoves(ports, moves, never)).needsConsent).toBe(
      "Versions are suspended in this bucket, and a key that was deleted stays taken. An object was deleted at 1 key that the moves go to. What someone else writes there in the moment between the console's look and its own write is replaced for good. Turn versioning on again for this bucket.",
    );
  });
});
