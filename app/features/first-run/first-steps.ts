import { count, listOf, plural } from "~/features/format";
import { inHand } from "~/features/job-runs/status";
import type { RunView } from "~/features/job-runs/views/run-view";
import type { ProbedAbilities } from "~/features/storage/abilities";
import { quoteKey } from "~/quote";

/** As many images are counted for a sentence of the first steps: one at a time, however large the bucket. */
export const COUNTED = 10_000;

/** What the database and labels/schema.json say of a console that is being set up. */
export type Found = {
  store: {
    bucket: string;
    endpoint: string;
    abilities: Pick<ProbedAbilities, "failures"> | null;
    failure: { sentence: string } | null;
  };
  /** Images that were ever indexed, at most `COUNTED`. */
  images: number;
  schema:
    | { problem: string }
    | {
        roots: { name: string; prefix: string; hasObjects: boolean }[];
        /** Folders that there are where a root was looked for in vain, and of which folder. */
        instead: { of: string; folders: string[] } | null;
      };
  /** The newest snapshot of each root, summed; null: none was audited. */
  audit: { groups: number; findings: number } | null;
  /** The newest run of each kind, and whether any of that kind ever went to its end. */
  runs: Record<"index" | "audit" | "thumbnails", { newest: RunView | null; hasSucceeded: boolean }>;
};

type StepName = "storage" | "index" | "roots" | "audit" | "thumbnails";

/** One step from an empty database to the first audit, and on to pictures on the pages. */
export type FirstStep = {
  name: StepName;
  /** Of the steps that are not done the first is "next". */
  state: "done" | "next" | "later";
  /** What there is now; null: nothing yet. */
  found: string | null;
  /** What is wrong, and what to do. */
  trouble: string | null;
  /** The newest run of the step, where it is under way, waits for someone, or ended badly. */
  run: RunView | null;
};

type Judged = Omit<FirstStep, "name" | "state"> & { isDone: boolean };

/** The steps in their order; null once all are done. Nothing is remembered of them: each is done when its rows are there. */
export function firstSteps(found: Found): FirstStep[] | null {
  const judged: [StepName, Judged][] = [
    ["storage", judgeStorage(found)],
    ["index", judgeIndex(found)],
    ["roots", judgeRoots(found)],
    ["audit", judgeAudit(found)],
    ["thumbnails", judgeThumbnails(found)],
  ];
  const next = judged.find(([, { isDone }]) => !isDone)?.[0];
  if (next === undefined) return null;
  return judged.map(([name, { isDone, ...step }]) => ({
    name,
    state: isDone ? "done" : name === next ? "next" : "later",
    ...step,
  }));
}

const hasIndexed = ({ images, runs }: Found) => images > 0 && runs.index.hasSucceeded;

/** Whatever was read from the bucket shows that it can be reached; what was kept of a probe may be of an older version. */
function judgeStorage(found: Found): Judged {
  const { bucket, endpoint, abilities, failure } = found.store;
  const where = `${quoteKey(bucket)} at ${endpoint}`;
  const failures = abilities?.failures ?? [];
  const isDone = hasIndexed(found) || (failure === null && abilities !== null && !failures.some(isList));
  if (failure && !isDone) return { isDone, found: null, trouble: failure.sentence, run: null };
  const trouble = failures.length === 0 ? null : failures.map(({ sentence }) => sentence).join(" ");
  const isReadOnly = isDone && trouble !== null;
  return {
    isDone,
    found: isDone ? (isReadOnly ? `${where} can be listed.` : `${where} can be listed, read and written.`) : null,
    trouble: isReadOnly ? `${trouble} Indexing and audits work all the same; thumbnails and changes do not.` : trouble,
    run: null,
  };
}

const isList = ({ call }: { call: string }) => call === "list";

function judgeIndex(found: Found): Judged {
  const { images, runs, store } = found;
  const isDone = hasIndexed(found);
  const { run, trouble } = judgeRun(runs.index);
  const { newest } = runs.index;
  const isEmpty = !isDone && newest?.status === "succeeded" && newest.failed === 0;
  const many =
    images >= COUNTED ? `${count(COUNTED)} images or more are` : `${plural(images, "image")} ${isOne(images)}`;
  return {
    isDone,
    found: isDone ? `${many} known.` : null,
    trouble: isEmpty
      ? `The bucket ${quoteKey(store.bucket)} has no objects that are tracked yet. Put pictures there, reference photos below “references/”, and index again.`
      : trouble,
    run,
  };
}

const isOne = (images: number) => (images === 1 ? "is" : "are");

function judgeRoots(found: Found): Judged {
  const { schema, audit } = found;
  if ("problem" in schema) return { isDone: audit !== null, found: null, trouble: schema.problem, run: null };
  const { roots, instead } = schema;
  const [present, missing] = [roots.filter(({ hasObjects }) => hasObjects), roots.filter((root) => !root.hasObjects)];
  const isDone = hasIndexed(found) && (present.length > 0 || audit !== null);
  const names = (some: typeof roots) => listOf(some.map(({ name, prefix }) => `${quoteKey(prefix)} (${name})`));
  return {
    isDone,
    found: present.length > 0 ? `The groups of ${names(present)} are audited.` : null,
    trouble: troubleOfRoots(),
    run: null,
  };

  function troubleOfRoots(): string | null {
    if (roots.length === 0)
      return "labels/schema.json names no attribute root. Add one: docs/label-schema.md says how.";
    if (!hasIndexed(found) || missing.length === 0) return null;
    const there =
      instead && instead.folders.length > 0
        ? `In ${quoteKey(instead.of)} there is ${listOf(instead.folders.map(quoteKey))}. `
        : "";
    const where = instead?.of === "" ? there.replace("In “” there is", "The bucket has") : there;
    return `Nothing lies below ${names(missing)}. ${where}Correct the prefix in labels/schema.json, or put the group folders there and index again.`;
  }
}

function judgeAudit({ audit, runs }: Found): Judged {
  const { run, trouble } = judgeRun(runs.audit);
  if (audit === null) return { isDone: false, found: null, trouble, run };
  const found = `${plural(audit.groups, "group")}, ${plural(audit.findings, "finding")}.`;
  return { isDone: true, found, trouble: null, run: null };
}

/** Done once a backfill went to its end, or a plan for one found nothing to do: new images come at any time. */
function judgeThumbnails(found: Found): Judged {
  const { newest, hasSucceeded } = found.runs.thumbnails;
  const hasNothingToDo = newest?.status === "planned" && newest.planned === 0;
  const isDone = hasIndexed(found) && (hasSucceeded || hasNothingToDo);
  const { run, trouble } = judgeRun(found.runs.thumbnails);
  return { isDone, found: null, trouble: isDone ? null : trouble, run: isDone ? null : run };
}

/** What of a step's newest run is to be seen: one that is under way, waits for someone, or ended badly. */
function judgeRun({ newest }: { newest: RunView | null }): { run: RunView | null; trouble: string | null } {
  if (newest === null || newest.status === "cancelled") return { run: null, trouble: null };
  if (newest.status === "failed")
    return { run: newest, trouble: newest.error ?? "The last run stopped with an error." };
  if (newest.status === "paused") return { run: newest, trouble: newest.pauseReason ?? "The run is paused." };
  if (isUnderWay(newest) || newest.status === "planned") return { run: newest, trouble: null };
  return newest.failed === 0
    ? { run: null, trouble: null }
    : { run: newest, trouble: `${plural(newest.failed, "item")} of the last run failed; its page says why.` };
}

/** A worker has it, or is about to. */
export const isUnderWay = ({ status }: Pick<RunView, "status">) => inHand.some((one) => one === status);
