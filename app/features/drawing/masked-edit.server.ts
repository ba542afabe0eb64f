import { holdObject } from "~/features/images/objects/held-objects";
import type { ItemResult } from "~/features/job-runs/kinds/handler";
import { isAsPlanned } from "~/features/storage/is-as-planned.server";
import { isStorageError, storageFailure } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";
import type { DrawItem } from "./draw-images";
import { LARGEST_MASKED_BYTES } from "./mask-limits";
import { readMaskOfRun } from "./mask-of-run.server";
import { stoppedBy } from "./read-shown.server";

/** A base image's own bytes, and where they are to be changed. */
export type MaskedEdit = { source: Buffer; mask: Buffer };

/**
 * What an answer is laid into, read before the call: the base may be replaced while the model draws, and what is paid then still goes into
 * the picture that was planned. Or how the item ends without a call.
 */
export async function readMaskedEdit(
  ports: Pick<Ports, "db" | "storage">,
  { shown, picture }: DrawItem,
  { runId, signal }: { runId: number; signal: AbortSignal },
): Promise<MaskedEdit | ItemResult> {
  const { storage } = ports;
  const base = shown.find(({ role }) => role === "base");
  const { png: mask } = await readMaskOfRun(ports, runId);
  if (!base) return { outcome: "failed", errorClass: "invalid", error: `Picture ${picture} has a mask and no base.` };
  try {
    return await holdObject(base.bytes, async () => {
      const { head, body } = await storage.get(base.key, { maxBytes: LARGEST_MASKED_BYTES, signal });
      if (await isAsPlanned(storage, head, base.etag, signal)) return { source: body, mask };
      return stoppedBy(base, { picture, what: "was replaced" });
    });
  } catch (error) {
    if (isStorageError(error) && error.code === "not-found") {
      return stoppedBy(base, { picture, what: "was deleted or moved" });
    }
    return storageFailure(error);
  }
}
