import { expect, test } from "vitest";
import { auditGroups } from "~/features/attribute-groups/audit/audit-groups";
import { runProcess } from "./support/process";
import { MODEL, openGroupActions } from "./support/world/group-world";

const root = ["--root", "Model"];
const rename = ["rename-group", ...root, "--group", "front_warm", "--name", "back_warm"];

/** A bucket with a group that an audit has seen, and scripts in processes of their own. */
async function open() {
  const world = await openGroupActions();
  await world.fill({ "front_warm/reference.png": "a", "front_warm/01.png": "bb" });
  await world.carryOut(auditGroups, { root: null });
  const { S3_FORCE_PATH_STYLE, ...env } = world.env;
  const variables = { ...env, S3_FORCE_PATH_STYLE: String(S3_FORCE_PATH_STYLE), DATABASE_URL: `file:${world.db.file}` };
  const script = (name: string, options: string[], input?: string) =>
    runProcess([`scripts/${name}.ts`, ...options], variables, input).ended;
  return {
    ...world,
    act: (options: string[], input?: string) => script("group-action", options, input),
    /** What it prints with --json, which is one document and nothing else. */
    async json(name: string, options: string[]) {
      const { code, stdout } = await script(name, [...options, "--json"]);
      expect(stdout.trimEnd().split("\n")).toHaveLength(1);
      return { code, ...JSON.parse(stdout) };
    },
    names: async () => Object.keys(await world.texts()).sort(),
  };
}

test("a rename: planned, applied, undone, each with one JSON document on stdout", async () => {
  const { json, names } = await open();
  const before = await names();
  const plan = await json("group-action", rename);
  expect(plan).toMatchObject({ code: 0, kind: "rename-group", status: "planned", planned: 2, succeeded: 0 });
  expect(await names()).toEqual(before);

  const applied = await json("group-action", [...rename, "--apply"]);
  expect(applied).toMatchObject({ code: 0, status: "succeeded", planned: 2, succeeded: 2, failed: 0, skipped: 0 });
  expect(await names()).toEqual(["back_warm/01.png", "back_warm/reference.png"]);

  expect(await json("undo", [String(applied.runId), "--apply"])).toMatchObject({ code: 0, succeeded: 2 });
  expect(await names()).toEqual(before);
});

test("keys from standard input, and the plan as a person reads it", async () => {
  const { act } = await open();
  const plan = await act(
    ["quarantine-objects", ...root, "-"],
    `${MODEL}front_warm/01.png\n${MODEL}front_warm/reference.png\n`,
  );
  expect(plan).toMatchObject({ code: 0, stderr: "" });
  expect(plan.stdout).toMatch(/^Run \d+: Quarantine 2 objects, planned\n/);
  expect(plan.stdout).toMatch(/2 items planned\. Nothing has changed; add --apply to carry it out\.\n$/);
});

test("what was told wrong ends with 2; a plan that fails, and another run at work, with 1", async () => {
  const { act, json, db } = await open();
  const usage = await act(["rename-group", ...root]);
  expect(usage).toEqual({ code: 2, stdout: "", stderr: "rename-group needs --group.\nTry --help.\n" });
  const unknown = await act(["rename-group", ...root, "--group", "back_cool", "--name", "back_warm"]);
  const unseen = expect.stringMatching(/^The last audit saw no folder “back_cool” in .*\nTry --help\.\n$/);
  expect(unknown).toEqual({ code: 2, stdout: "", stderr: unseen });

  const gone = ["set-reference", ...root, `${MODEL}front_warm/gone.png`, "--apply"];
  const error = expect.stringMatching(/^The object “.*gone\.png” no longer exists\./);
  expect(await json("group-action", gone)).toMatchObject({ code: 1, status: "failed", error });

  const data = {
    kind: "rename-group",
    title: "Rename “front_warm” to “back_warm”",
    lane: 0,
    status: "paused",
    actor: "operator:1",
  };
  const payload = JSON.stringify({ root: "Model", group: "front_warm", name: "back_warm" });
  await db.jobRun.create({ data: { ...data, payload, actorName: "Mina", createdAt: new Date() } });
  const sentence =
    /^Run \d+ \(Rename “front_warm” to “back_warm”\) is paused on “front_warm”\. Resume or cancel it first\.\n$/;
  expect(await act(rename)).toEqual({ code: 1, stdout: "", stderr: expect.stringMatching(sentence) });
});
