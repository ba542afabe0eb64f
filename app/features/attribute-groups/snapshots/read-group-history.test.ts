import { expect, test } from "vitest";
import { modelRoot, openAudit } from "../../../../tests/support/world/audit-world";
import { readGroupHistory } from "./read-group-history.server";

async function openHistory() {
  const scan = await openAudit();
  return {
    ...scan,
    read: (name: string) => readGroupHistory(scan.db, { root: "Model", prefix: `${modelRoot}${name}/` }),
    sentences: async (name: string) =>
      (await readGroupHistory(scan.db, { root: "Model", prefix: `${modelRoot}${name}/` })).map(
        ({ sentence }) => sentence,
      ),
  };
}

test("a group's history is told from its snapshots, the newest first, each with the two to compare", async () => {
  const { putInRoot, removeFromRoot, audit, read } = await openHistory();
  await putInRoot({ "back_cool/reference.png": "b" });
  await audit();
  await putInRoot({ "front_warm/reference.png": "one", "front_warm/2.png": "x" });
  await audit();
  await putInRoot({ "back_cool/2.png": "c" });
  await audit();
  await putInRoot({ "front_warm/reference.png": "two", "front_warm/3.png": "y" });
  await audit();
  await putInRoot({ "front_warm/4.png": "x" });
  await removeFromRoot("front_warm/2.png", "front_warm/reference.png");
  await audit();
  await audit();

  expect(await read("front_warm")).toMatchObject([
    {
      kind: "audit",
      from: 4,
      to: 5,
      sentence:
        "1 object removed, 1 object renamed in the folder. It lost its reference image “reference.png” (ETag b8a9f715).",
    },
    {
      from: 3,
      to: 4,
      sentence:
        "1 object added, 1 object replaced. Its reference image was “reference.png” (ETag f97c5d29) and is “reference.png” (ETag b8a9f715) now.",
    },
    { from: 1, to: 2, sentence: "Appeared, with 2 images." },
  ]);
  expect(await read("back_cool")).toMatchObject([
    { from: 2, to: 3, sentence: "1 object added." },
    { from: null, to: 1, sentence: "Seen by the first audit, with 1 image." },
  ]);
});

test("a renamed group keeps its history, however often it was renamed, and a namesake's is not its own", async () => {
  const { putInRoot, removeFromRoot, audit, sentences } = await openHistory();
  await putInRoot({ "front_warm/reference.png": "one" });
  await audit();
  await putInRoot({ "front_warm/2.png": "two" });
  await audit();
  await removeFromRoot("front_warm/reference.png", "front_warm/2.png");
  await putInRoot({ "front_cool/reference.png": "one", "front_cool/2.png": "two" });
  await audit();
  await putInRoot({ "front_warm/another.png": "a" });
  await audit();
  await removeFromRoot("front_cool/reference.png", "front_cool/2.png");
  await putInRoot({ "back_cool/reference.png": "one", "back_cool/2.png": "two" });
  await audit();

  expect(await sentences("back_cool")).toEqual([
    "Renamed from “front_cool”.",
    "Renamed from “front_warm”.",
    "1 object added.",
    "Seen by the first audit, with 1 image.",
  ]);
  expect(await sentences("front_warm")).toEqual([
    "Appeared, with 1 image.",
    "The folder was gone, with the 2 images that it held.",
    "1 object added.",
    "Seen by the first audit, with 1 image.",
  ]);
});

test("runs that moved objects into or out of the folder are told once, from its present name's side", async () => {
  const { putInRoot, removeFromRoot, audit, read, db, clock } = await openHistory();
  await putInRoot({ "front_warm/1.png": "1", "front_warm/2.png": "2" });
  await audit();
  const move = async (title: string, status: string, moves: [from: string, to: string, isDone?: boolean][]) => {
    const now = clock.now();
    const run = await db.jobRun.create({
      data: {
        kind: "move-images",
        title,
        lane: 0,
        status,
        payload: "{}",
        actor: "operator:1",
        actorName: "Mina",
        createdAt: now,
      },
    });
    for (const [seq, [from, to, isDone = true]] of moves.entries()) {
      await db.jobItem.create({ data: { runId: run.id, seq, subject: "s" } });
      const journal = { fromEtag: "e", sha256: "", bytes: 1, startedAt: now, finishedAt: isDone ? now : null };
      const toEtag = isDone ? "e" : null;
      await db.objectMove.create({
        data: { runId: run.id, seq, from: modelRoot + from, to: modelRoot + to, toEtag, ...journal },
      });
    }
    return run.id;
  };
  const renaming = await move("Rename front_warm to front_cool", "succeeded", [
    ["front_warm/1.png", "front_cool/1.png"],
    ["front_warm/2.png", "front_cool/2.png"],
  ]);
  await removeFromRoot("front_warm/1.png", "front_warm/2.png");
  await putInRoot({ "front_cool/1.png": "1", "front_cool/2.png": "2" });
  await audit();
  const moving = await move("Move 3 objects to back_cool", "running", [
    ["front_cool/1.png", "back_cool/1.png"],
    ["front_cool/2.png", "front_cool/ref.png"],
    ["front_cool/3.png", "back_cool/3.png", false],
  ]);
  // A folder that comes to have the former name is another group.
  await move("Move 1 object to front_warm", "succeeded", [["back_cool/9.png", "front_warm/9.png"]]);

  const history = await read("front_cool");

  expect(history.filter(({ kind }) => kind === "run")).toMatchObject([
    {
      runId: moving,
      status: "running",
      actorName: "Mina",
      sentence: "Move 3 objects to back_cool: 1 object left, 1 object renamed in the folder.",
    },
    { runId: renaming, status: "succeeded", sentence: "Rename front_warm to front_cool: 2 objects came." },
  ]);
  expect(history.map(({ sentence }) => sentence.split(":")[0])).toEqual([
    "Move 3 objects to back_cool",
    "Renamed from “front_warm”.",
    "Rename front_warm to front_cool",
    "Seen by the first audit, with 2 images.",
  ]);
});
