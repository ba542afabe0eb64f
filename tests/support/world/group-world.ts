import { keepAbilities } from "../store/stores";
import { type Kind, runsOf } from "./runs";
import { openWorld } from "./world";

export const MODEL = "references/01. Model/";

const mina = { id: "operator:1", name: "Mina" };

/** A world in which Mina acts on attribute groups; runs are read with what became of each object. */
export async function openGroupActions() {
  const world = await openWorld();
  const { ports, db, storage } = world;
  await keepAbilities(ports, world);
  const runs = runsOf(ports, mina);

  async function read(runId: number) {
    const rows = await db.jobItem.findMany({ where: { runId }, orderBy: { seq: "asc" } });
    const items = rows.map(({ subject, target, outcome, reason, error }) => {
      const { key: to }: { key: string } = JSON.parse(target ?? "{}");
      return { from: subject, to, outcome, said: error ?? reason };
    });
    return { ...(await runs.read(runId)), items };
  }

  return {
    ...world,
    ...runs,
    read,
    work: async (runId: number) => read((await runs.work(runId)).id),
    plan: async <Payload>(kind: Kind<Payload>, payload: Payload) => read((await runs.plan(kind, payload)).id),
    apply: async (plan: { id: number; planHash: string | null }) => read((await runs.apply(plan)).id),
    planUndo: async (runId: number) => read((await runs.planUndo(runId)).id),
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
      for (const [key, text] of Object.entries(await world.contents())) {
        const head = await storage.head(key);
        found[key] = [text, head?.etag, head?.contentType, JSON.stringify(head?.metadata)].join(" ");
      }
      return found;
    },
    /** What lies below the root "Model": its key there → its text. */
    async texts() {
      const contents = Object.entries(await world.contents());
      return Object.fromEntries(contents.map(([key, text]) => [key.replace(MODEL, ""), text]));
    },
  };
}
