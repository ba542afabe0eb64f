import type { GroupAction } from "~/features/attribute-groups/actions/group-action";
import { jobKinds } from "~/features/job-kinds.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { undoRun } from "~/features/job-runs/commands/undo-run.server";
import { workOnRun } from "~/features/job-runs/engine/worker.server";
import { requireJob } from "~/features/job-runs/kinds/job";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { openScan } from "./scan";
import { keepAbilities } from "./stores";

export const MODEL = "references/01. Model/";

const actor = { id: "operator:1", name: "Mina" };
const never = new AbortController().signal;

/** A database and a bucket, and the way of every action: plan, read, apply, undo. */
export async function openGroupActions() {
  const scan = await openScan();
  const { ports, db, storage } = scan;
  await keepAbilities(ports, scan);

  async function work(runId: number) {
    const { kind } = await db.jobRun.findUniqueOrThrow({ where: { id: runId } });
    await workOnRun(ports, requireJob(jobKinds, kind), runId, never);
    return read(runId);
  }

  async function read(runId: number) {
    const run = await readRun(ports, runId);
    if (!run) throw new Error(`No run ${runId}`);
    const rows = await db.jobItem.findMany({ where: { runId }, orderBy: { seq: "asc" } });
    const items = rows.map(({ subject, target, outcome, reason, error }) => {
      const { key: to }: { key: string } = JSON.parse(target ?? "{}");
      return { from: subject, to, outcome, said: error ?? reason };
    });
    return { ...run, items };
  }

  return {
    ...scan,
    work,
    read,
    /** Puts objects below the root "Model", each with a type and metadata of its own. */
    async fill(objects: Record<string, string>) {
      for (const [name, text] of Object.entries(objects)) {
        const contentType = name.endsWith("/") ? "application/x-directory" : "image/png";
        await storage.put(`${MODEL}${name}`, Buffer.from(text), { contentType, metadata: { says: `${text.length}` } });
      }
    },
    /** What lies in the bucket, thumbnails apart: by key its bytes, ETag and headers. */
    async listing() {
      const found: Record<string, string> = {};
      for await (const { objects } of storage.list()) {
        for (const { key } of objects.filter((object) => !object.key.startsWith("thumbnails/"))) {
          const { head, body } = await storage.get(key);
          found[key] = [body.toString(), head.etag, head.contentType, JSON.stringify(head.metadata)].join(" ");
        }
      }
      return found;
    },
    /** What lies below the root "Model": its key there → its text. */
    async texts() {
      const found: Record<string, string> = {};
      for await (const { objects } of storage.list()) {
        for (const { key } of objects.filter((object) => !object.key.startsWith("thumbnails/"))) {
          found[key.replace(MODEL, "")] = (await storage.get(key)).body.toString();
        }
      }
      return found;
    },
    async plan<Payload extends { root: string }>({ kind }: GroupAction<string, Payload>, payload: Payload) {
      const { runId } = await startRun(ports, requireJob(jobKinds, kind).definition, { payload, actor });
      return work(runId);
    },
    async apply({ id, planHash }: { id: number; planHash: string | null }) {
      await applyRun(ports, jobKinds, { runId: id, actor, planHash: planHash ?? "", acceptsRisk: true });
      return work(id);
    },
    async planUndo(runId: number) {
      const undo = await undoRun(ports, jobKinds, { runId, actor });
      return work(undo.runId);
    },
  };
}
