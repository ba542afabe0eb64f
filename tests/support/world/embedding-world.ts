import { startEmbedding } from "~/features/embeddings/start-embedding.server";
import { indexImages } from "~/features/images/index/index-images";
import type { Ports } from "~/ports/index.server";
import type { KnobsInput } from "../../../scripts/dev/gemini/knobs";
import { unlikePicture } from "../../../scripts/dev/unlike-picture";
import { openTestDb } from "../db";
import { openTestGemini } from "../gemini";
import { startTestS3 } from "../store/s3";
import { portsAround } from "./nowhere";
import { runsOf } from "./runs";

export const actor = { id: "operator:1", name: "Mina" };

/** What one image costs: 258 tokens at $0.45 for a million. */
export const IMAGE_USD = (258 * 0.45) / 1e6;

/** A bucket with so many unlike pictures, indexed, and a Gemini that makes vectors of them. */
export async function openEmbedding(images: number, { knobs = {} }: { knobs?: KnobsInput } = {}) {
  const db = await openTestDb();
  const { storage, setFaults } = await startTestS3();
  const { gemini, model } = await openTestGemini({ knobs });
  const ports = portsAround({ db, storage, model });
  const keyOf = (n: number) => `uploads/${String(n).padStart(3, "0")}.png`;
  const put = async (n: number, picture = n) =>
    storage.put(keyOf(n), await unlikePicture(picture), { contentType: "image/png" });
  for (let n = 0; n < images; n++) await put(n);
  const runs = runsOf(ports, actor);
  const index = () => runs.carryOut(indexImages, { prefix: "" });
  await index();

  async function plan(input: Partial<Parameters<typeof startEmbedding>[1]> = {}, world: Ports = ports) {
    return runs.work((await startEmbedding(world, { budgetUsd: 1, actor, ...input })).runId);
  }

  return {
    ...{ ports, db, storage, setFaults, gemini, ...runs, keyOf, put, index, plan },
    /** Plans and applies. */
    embed: async (input: Parameters<typeof plan>[0] = {}) => runs.apply(await plan(input)),
    /** The vectors, by image, without their numbers. */
    vectors: () =>
      db.imageEmbedding.findMany({
        orderBy: { imageId: "asc" },
        select: { id: true, imageId: true, model: true, dimensions: true, etag: true, jobRunId: true },
      }),
    /** How often each picture was shown to the model. */
    shown: () => Object.values(gemini.calls().embedded),
    calls: (runId: number) => db.modelCall.findMany({ where: { embedRunId: runId }, orderBy: { id: "asc" } }),
  };
}
