import type { Ports } from "~/ports/index.server";
import { removeFromBucket } from "./remove-old-uploads.server";

/** Takes an upload back, with what has arrived of it. One that was planned meanwhile is no upload any more, and stays. */
export async function discardUpload(
  { db, storage }: Pick<Ports, "db" | "storage">,
  { operatorId, id }: { operatorId: number; id: number },
): Promise<void> {
  const upload = await db.upload.findFirst({ where: { id, operatorId } });
  const { count } = await db.upload.deleteMany({ where: { id, operatorId } });
  if (!upload || count === 0) return;
  await removeFromBucket({ storage }, upload);
}
