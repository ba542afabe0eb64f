import { expect, test } from "vitest";
import { readFlash } from "~/web/flash.server";
import { signIn } from "~/web/sign-in/operator-session.server";
import { contextOf, startTestConsole } from "../../../tests/support/console";
import { startPictureServer } from "../../../tests/support/picture-server";
import { startTestS3 } from "../../../tests/support/store/s3";
import { runsOf } from "../../../tests/support/world/runs";
import { action, loader } from "./route";

const at = new Date(1_700_000_000_000);

/** The page of storage, and generation records that name what is `elsewhere`: an address, a path, or null for data. */
async function open(elsewhere: (string | null)[], { role = "operator", hosts = "" } = {}) {
  const s3 = await startTestS3();
  const { url, env, ports } = await startTestConsole({
    routes: { "/storage": { action } },
    env: { ...s3.env, S3_FORCE_PATH_STYLE: "true", ...(hosts && { OUTSIDE_TEST_HOSTS: hosts }) },
  });
  const { db } = ports;
  for (const [n, address] of elsewhere.entries()) {
    const record = {
      id: `g${n}`,
      hash: String(n),
      prompt: `A cat ${n}`,
      record: "{}",
      references: "[]",
      createdAt: at,
    };
    const place = { position: 0, url: address, payloadHash: address === null ? "0".repeat(64) : null, lastError: "" };
    await db.generation.create({ data: { ...record, elsewhere: { create: place } } });
  }
  const { id } = await db.operator.create({
    data: { email: "mina@diffs.studio", name: "Mina Sato", role, createdAt: at },
  });
  const context = contextOf({ env, ports });
  const cookie = (await signIn({ request: new Request(url), context }, id)).split(";")[0] ?? "";
  return {
    ...{ db, ports },
    async press() {
      const answer = await fetch(`${url}/storage`, {
        method: "POST",
        body: new URLSearchParams({ intent: "bring-home" }),
        headers: { Cookie: cookie, Origin: url },
        redirect: "manual",
      });
      const flashCookie = answer.headers.getSetCookie().find((line) => line.includes("toast-flash"));
      const next = new Request(url, { headers: { Cookie: flashCookie?.split(";")[0] ?? "" } });
      const { flash } = await readFlash({ request: next, context });
      return { status: answer.status, to: answer.headers.get("Location"), said: flash?.text ?? null };
    },
    read: async () =>
      (await loader({ request: new Request(`${url}/storage`, { headers: { Cookie: cookie } }), context, params: {} }))
        .elsewhere,
  };
}

test("a press leads to the plan that brings images home; nothing is fetched before that is applied", async () => {
  const server = await startPictureServer();
  const { db, ports, press, read } = await open([server.address("/1.png"), "/srv/pictures/out/a.png"], {
    hosts: server.host,
  });
  expect(await read()).toEqual({ images: 2, isWithinReach: true, isComing: false });
  const answer = await press();
  const { id } = await db.jobRun.findFirstOrThrow({ where: { kind: "ingest-images" } });
  expect(answer).toEqual({ status: 302, to: `/job-runs/${id}`, said: null });
  expect(await read()).toEqual({ images: 2, isWithinReach: true, isComing: true });

  const runs = runsOf(ports);
  const plan = await runs.work(id);
  expect(plan).toMatchObject({ status: "planned", planned: 1, actorName: "Mina Sato" });
  expect(server.asked).toEqual([]);
  expect(await read()).toEqual({ images: 2, isWithinReach: true, isComing: false });
  expect(await runs.apply(plan)).toMatchObject({ status: "succeeded", succeeded: 1 });
  expect(server.asked).toEqual(["/1.png"]);
  expect(await read()).toEqual({ images: 1, isWithinReach: false, isComing: false });
});

test.each([
  ["nothing is elsewhere", [], { images: 0, isWithinReach: false }],
  [
    "only paths are known",
    ["/srv/pictures/out/a.png", "ftp://cdn.example.com/b.png"],
    { images: 2, isWithinReach: false },
  ],
])("where %s, the page says so, and a press starts no run", async (_what, elsewhere, seen) => {
  const { db, press, read } = await open(elsewhere);
  expect(await read()).toEqual({ ...seen, isComing: false });
  expect(await press()).toEqual({
    status: 302,
    to: "/storage",
    said: "No generation record names an image at an address, or as data, that is still elsewhere.",
  });
  expect(await db.jobRun.count()).toBe(0);
});

test.each(["http://cdn.example.com/a.png", "HTTPS://cdn.example.com/a.png", null])(
  "%s is within reach",
  async (address) => {
    expect(await (await open([address])).read()).toEqual({ images: 1, isWithinReach: true, isComing: false });
  },
);

test("a viewer starts nothing", async () => {
  const { db, press } = await open(["https://cdn.example.com/a.png"], { role: "viewer" });
  expect((await press()).status).toBe(403);
  expect(await db.jobRun.count()).toBe(0);
});
