import { expect, test } from "vitest";
import { promoteLabels } from "~/features/labels/promote/promote-labels";
import { openReview } from "../../../../tests/support/world/review-world";
import { runsOf } from "../../../../tests/support/world/runs";
import { decideEach } from "./decide-each.server";
import { decideMany } from "./decide-many.sql.server";
import { decideOne } from "./decide-one.server";
import { readCompared } from "./list-compared.sql.server";
import { readMatrix } from "./read-matrix.sql.server";
import { readPulse } from "./read-pulse.sql.server";
import type { ReviewFilter, Verdict } from "./review-filter";
import { undoDecision } from "./undo-decision.sql.server";

const mina = { id: "operator:1", name: "Mina" };
const jun = { id: "operator:2", name: "Jun" };

/** Proposals 1, 2, …: 30s for an image that is labeled 20s by a model, a person, and not at all; 30s again; one of former bytes. */
async function openDecisions() {
  const world = await openReview([
    { image: 1, value: "30s", old: { value: "20s" } },
    { image: 2, value: "30s", old: { value: "20s", source: "person" } },
    { image: 3, value: "30s" },
    { image: 4, value: "30s", old: { value: "30s" } },
    { image: 5, value: "30s", isOutdated: true },
  ]);
  const { db, runId } = world;
  const read = async (id: number) => {
    const [proposal] = await readCompared(db, [id]);
    if (!proposal) throw new Error(`There is no proposal ${id}`);
    return proposal;
  };
  return {
    ...world,
    read,
    /** Decides as someone does who looks at it now. */
    async decide(proposalId: number, decision: Verdict, actor = mina) {
      const { decisionId, rev } = await read(proposalId);
      return decideOne(world, { runId, proposalId, decision, seen: { decisionId, rev }, actor });
    },
    decideAll: (decision: Verdict, { filter = {}, shown = 9 }: { filter?: ReviewFilter; shown?: number } = {}) =>
      decideMany(world, { runId, filter, decision, shown, actor: mina }),
    undo: async (actor = mina) => (await undoDecision(world, { runId, actor })).said,
    decisions: async () => (await db.proposal.findMany({ orderBy: { id: "asc" } })).map(({ decision }) => decision),
    events: async () =>
      (await db.auditEvent.findMany({ orderBy: { id: "asc" } })).map(
        ({ action, subject, actorName, sentence }) => `${subject} ${action} ${actorName}: ${sentence}`,
      ),
  };
}

test("one decision is kept with who made it and when, and told in the audit log", async () => {
  const { db, clock, decide, events } = await openDecisions();
  await decide(1, "accepted");
  await decide(3, "rejected", jun);
  expect(await db.proposal.findMany({ where: { id: { in: [1, 3] } }, orderBy: { id: "asc" } })).toMatchObject([
    { decision: "accepted", decidedBy: "operator:1", decidedByName: "Mina", decidedAt: clock.at, overRev: null },
    { decision: "rejected", decidedBy: "operator:2", decidedByName: "Jun", decidedAt: clock.at, overRev: null },
  ]);
  expect(await events()).toEqual([
    "run:1 review.accept Mina: Accepted age range 20s → 30s for “1.png”.",
    "run:1 review.reject Jun: Rejected age range no label → 30s for “3.png”.",
  ]);
});

test("accepting over a person's label keeps which rev of it was on the screen", async () => {
  const { read, decide, events } = await openDecisions();
  await decide(2, "accepted");
  expect(await read(2)).toMatchObject({ decision: "accepted", overRev: 1, isOverThatRev: true });
  expect(await events()).toEqual([
    "run:1 review.accept Mina: Accepted age range 20s → 30s for “2.png”, over a person's label.",
  ]);
});

test("a decision about what has changed since is refused, and nothing of it is kept", async () => {
  const { db, clock, runId, read, decide, decisions, events } = await openDecisions();
  const { rev } = await read(1);
  await decide(1, "rejected", jun);
  const late = { runId, proposalId: 1, decision: "accepted", seen: { decisionId: 0, rev }, actor: mina } as const;
  await expect(decideOne({ db, clock }, late)).rejects.toThrow("Jun rejected it while you looked at it.");
  const overOther = { ...late, proposalId: 2, seen: { decisionId: 0, rev: 0 } };
  await expect(decideOne({ db, clock }, overOther)).rejects.toThrow(
    "The label changed while you looked at it: it is “20s”, from a person.",
  );
  await expect(decide(5, "accepted")).rejects.toThrow("has other bytes than those that the model was shown");
  await expect(decideOne({ db, clock }, { ...late, proposalId: 99 })).rejects.toThrow("has no proposal 99");
  expect(await decisions()).toEqual(["rejected", "open", "open", "open", "open"]);
  expect(await db.decision.count()).toBe(1);
  expect(await events()).toHaveLength(1);
});

test("decisions that were pressed at once are made in their order, whatever one of them is refused for", async () => {
  const world = await openDecisions();
  const seen = { decisionId: 0, rev: 0 };
  const answers = await decideEach(world, {
    runId: 1,
    actor: mina,
    decisions: [
      { proposalId: 3, decision: "accepted", seen },
      { proposalId: 5, decision: "accepted", seen },
      { proposalId: 5, decision: "rejected", seen },
    ],
  });
  expect(answers).toEqual([
    { proposalId: 3, decision: "accepted", decisionId: 1 },
    { proposalId: 5, refusal: expect.stringContaining("cannot be accepted") },
    { proposalId: 5, decision: "rejected", decisionId: expect.any(Number) },
  ]);
  expect(await world.decisions()).toEqual(["open", "open", "accepted", "open", "rejected"]);
});

test("accepting all leaves open what a person's label contradicts and what is of former bytes", async () => {
  const { decideAll, decisions, read, events } = await openDecisions();
  expect(await decideAll("accepted")).toEqual({ decided: 2 });
  expect(await decisions()).toEqual(["accepted", "open", "accepted", "open", "open"]);
  expect((await read(2)).overRev).toBeNull();
  expect(await events()).toEqual(["run:1 review.accept Mina: Accepted 2 open proposals."]);
});

test("rejecting a cell decides what is open there, and no one's earlier decision", async () => {
  const { decide, decideAll, decisions, events } = await openDecisions();
  await decide(1, "accepted", jun);
  const filter = { attribute: "ageRange", old: "20s", new: "30s" };
  expect(await decideAll("rejected", { filter, shown: 1 })).toEqual({ decided: 1 });
  expect(await decisions()).toEqual(["accepted", "rejected", "open", "open", "open"]);
  expect((await events())[1]).toBe("run:1 review.reject Mina: Rejected 1 open proposal of age range 20s → 30s.");
});

test("more than were shown are not decided about, nor none", async () => {
  const { decideAll, decisions } = await openDecisions();
  await expect(decideAll("accepted", { shown: 1 })).rejects.toThrow("2 are open here by now, not 1.");
  await expect(decideAll("accepted", { filter: { attribute: "tone" } })).rejects.toThrow(
    "None of them is open any more",
  );
  expect(await decisions()).toEqual(["open", "open", "open", "open", "open"]);
});

test("what is opened again between the count and the decision is not decided about unseen", async () => {
  const { db, clock, runId, decide, decisions, undo } = await openDecisions();
  await decide(1, "rejected", jun);
  const beside: typeof db = Object.create(db, {
    $write: {
      async value(work: Parameters<typeof db.$write>[0]) {
        await undo(jun);
        return db.$write(work);
      },
    },
  });
  const all = { runId, filter: {}, decision: "accepted", shown: 1, actor: mina } as const;
  await expect(decideMany({ db: beside, clock }, all)).rejects.toThrow("2 are open here by now, not 1.");
  expect(await decisions()).toEqual(["open", "open", "open", "open", "open"]);
  expect(await db.decision.count()).toBe(1);
});

test("undo takes back one's own last decision, then the one before", async () => {
  const { decide, decideAll, decisions, undo, events } = await openDecisions();
  await decide(1, "rejected");
  await decideAll("accepted");
  await decide(3, "rejected", jun);
  expect(await decisions()).toEqual(["rejected", "open", "rejected", "open", "open"]);
  expect(await undo()).toBe("Took back 1 accepted proposal; 1 decided again since stays.");
  expect(await decisions()).toEqual(["rejected", "open", "rejected", "open", "open"]);
  expect(await undo()).toBe("Took back 1 rejected proposal.");
  expect(await decisions()).toEqual(["open", "open", "rejected", "open", "open"]);
  await expect(undo()).rejects.toThrow("You have decided nothing here that could be taken back.");
  expect((await events()).at(-1)).toBe("run:1 review.undo Mina: Took back 1 rejected proposal.");
});

test("undoing a changed mind brings the decision before it back, with who made it", async () => {
  const { decide, read, undo } = await openDecisions();
  await decide(2, "accepted", jun);
  await decide(2, "rejected");
  expect(await read(2)).toMatchObject({ decision: "rejected", overRev: null });
  await undo();
  expect(await read(2)).toMatchObject({ decision: "accepted", decidedByName: "Jun", overRev: 1 });
});

test("undoing a changed mind does not bring back a decision that was taken back meanwhile", async () => {
  const { decide, decideAll, read, undo } = await openDecisions();
  await decideAll("accepted");
  await decide(1, "rejected", jun);
  await decide(3, "rejected", jun);
  await decide(3, "accepted", mina);
  await undo();
  await undo();
  await undo(jun);
  expect(await read(3)).toMatchObject({ decision: "open", decisionId: 0, decidedByName: null });
  await undo(jun);
  expect(await read(1)).toMatchObject({ decision: "open", decisionId: 0, decidedByName: null });
});

test("what counts as promotable is just what a promotion would change", async () => {
  const world = await openDecisions();
  const { db, labelRunId, decide, decideAll } = world;
  await decideAll("accepted");
  await decide(2, "accepted");
  await db.proposal.update({ where: { id: 5 }, data: { decision: "accepted" } });
  const { counts } = await readMatrix({ db }, { labelRunId, filter: {}, stated: [], attributes: [] });
  expect(counts).toMatchObject({ promotable: 3, leftOut: 1 });
  const plan = await runsOf(world).plan(promoteLabels, { labelRunId, runId: 1 });
  expect(plan.planned).toBe(counts.promotable);
});

test("the pulse beats with every decision and every label, and else stays", async () => {
  const { db, runId, decide, undo } = await openDecisions();
  const pulses = [await readPulse({ db }, runId)];
  expect(await readPulse({ db }, runId)).toBe(pulses[0]);
  const next = async () => pulses.push(await readPulse({ db }, runId));
  await decide(1, "accepted");
  await next();
  await undo();
  await next();
  await db.label.create({
    data: {
      ...{ imageId: 3, attribute: "tone", value: "warm", etag: "e3", source: "person" },
      ...{ acceptedBy: "operator:1", acceptedAt: new Date(0) },
    },
  });
  await next();
  expect(new Set(pulses).size).toBe(4);
  await expect(readPulse({ db }, 7)).rejects.toThrow("There is no label run 7.");
});
