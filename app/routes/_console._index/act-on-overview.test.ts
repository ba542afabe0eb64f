import { expect, test } from "vitest";
import { signIn } from "~/web/sign-in/operator-session.server";
import { contextOf, startTestConsole } from "../../../tests/support/console";
import { startTestS3 } from "../../../tests/support/store/s3";
import { action, loader } from "./route";

const at = new Date(1_700_000_000_000);

async function open(role: "viewer" | "operator") {
  const s3 = await startTestS3();
  const { url, env, ports } = await startTestConsole({
    routes: { "/overview": { action } },
    env: { ...s3.env, S3_FORCE_PATH_STYLE: "true" },
  });
  const { id } = await ports.db.operator.create({
    data: { email: "mina@diffs.studio", name: "Mina Sato", role, createdAt: at },
  });
  const context = contextOf({ env, ports });
  const cookie = (await signIn({ request: new Request(url), context }, id)).split(";")[0] ?? "";
  const press = (intent: string, headers: Record<string, string> = { Origin: url }) =>
    fetch(`${url}/overview`, {
      method: "POST",
      body: new URLSearchParams({ intent }),
      headers: { Cookie: cookie, ...headers },
      redirect: "manual",
    });
  const probe = (headers?: Record<string, string>) => press("probe-store", headers);
  const read = () => loader({ request: new Request(url, { headers: { Cookie: cookie } }), context, params: {} });
  return { db: ports.db, press, probe, read, requests: s3.requests, setFaults: s3.setFaults };
}

test("an operator probes the store; before, the page asks the store nothing", async () => {
  const { db, probe, read, requests } = await open("operator");
  expect((await read()).store).toMatchObject({ bucket: "test-bucket", abilities: null, failure: null });
  expect(requests.count()).toBe(0);
  const answer = await probe();
  expect([answer.status, answer.headers.get("Location")]).toEqual([302, "/"]);
  expect((await read()).store).toMatchObject({ abilities: { putIfAbsent: "honored" }, failure: null });
  expect(await db.auditEvent.findFirst({ where: { action: "store.probe" } })).toMatchObject({
    actorName: "Mina Sato",
    subject: "bucket:test-bucket",
  });
});

test("a store that cannot be reached is said on the page, beside what was known", async () => {
  const { probe, read, setFaults } = await open("operator");
  await probe();
  setFaults([{ status: 403, code: "SignatureDoesNotMatch" }]);
  expect((await probe()).headers.get("Location")).toBe("/");
  expect((await read()).store).toMatchObject({
    abilities: { putIfAbsent: "honored" },
    failure: { sentence: expect.stringContaining("the credentials are not valid there") },
  });
});

test("a viewer, and a form from elsewhere, probe nothing", async () => {
  const { probe, requests } = await open("viewer");
  expect((await probe()).status).toBe(403);
  expect((await probe({ Origin: "https://elsewhere.example" })).status).toBe(403);
  expect(requests.count()).toBe(0);
});

test("the import of the repository's labels is planned with one press, by operators", async () => {
  const { db, press, read } = await open("operator");
  expect((await read()).labelFile).toBeNull();
  const answer = await press("plan-label-import");
  const run = await db.jobRun.findFirstOrThrow({ where: { kind: "import-labels" } });
  expect([answer.status, answer.headers.get("Location")]).toEqual([302, `/job-runs/${run.id}`]);
  expect(run).toMatchObject({ status: "planning", autoApply: false, actorName: "Mina Sato" });
  const other = await open("viewer");
  expect((await other.press("plan-label-import")).status).toBe(403);
  expect(await other.db.jobRun.count()).toBe(0);
});
