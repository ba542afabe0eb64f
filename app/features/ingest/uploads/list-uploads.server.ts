import pMap from "p-map";
import { isStorageError } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";
import { findArrived } from "./find-upload.server";

/** In the bucket, about each of them; where that takes longer, the rest is shown without an answer. */
const ASKED_AT_ONCE = 8;
const ANSWER_WITHIN_MS = 5_000;

/** A file that an operator began to send, or sent and did not plan. `thereBytes`: null where the bucket does not answer. */
export type WaitingUpload = {
  id: number;
  name: string;
  bytes: number;
  thereBytes: number | null;
  isWhole: boolean;
};

/** What waits from former visits of an operator, the newest first: all that counts against what may wait. */
export async function listUploads(ports: Pick<Ports, "db" | "storage">, operatorId: number): Promise<WaitingUpload[]> {
  const uploads = await ports.db.upload.findMany({ where: { operatorId }, orderBy: { id: "desc" } });
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const look = async (upload: (typeof uploads)[number]): Promise<WaitingUpload> => {
    const { id, name, bytes, completedAt } = upload;
    const told = { id, name, bytes };
    try {
      const arrived = await findArrived(ports, upload, signal);
      // The bucket has forgotten it.
      if (arrived === null) return { ...told, thereBytes: 0, isWhole: false };
      const thereBytes = arrived.isWhole ? bytes : arrived.parts.reduce((sum, part) => sum + part.bytes, 0);
      return { ...told, thereBytes, isWhole: arrived.isWhole };
    } catch (error) {
      if (!isStorageError(error)) throw error;
      return { ...told, thereBytes: null, isWhole: completedAt !== null };
    }
  };
  return pMap(uploads, look, { concurrency: ASKED_AT_ONCE });
}
