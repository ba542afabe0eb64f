import { z } from "zod";
import type { PlannedItem } from "~/features/job-runs/handler";
import type { StoredObject } from "~/ports/storage.server";

/** An object as a plan froze it; `bytes` where the plan knew them. */
export const objectState = z.object({ key: z.string(), etag: z.string(), bytes: z.number().optional() });

/** Where it shall be. */
export const moveTarget = z.object({ key: z.string() });

/** The item of a plan that moves one object. Subject and label are the key that it has now. */
export function plannedMove({ key, etag, bytes }: Omit<StoredObject, "modifiedAt">, to: string): PlannedItem {
  return { subject: key, before: { key, etag, bytes }, target: { key: to }, etag };
}
