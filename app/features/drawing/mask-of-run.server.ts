import { DomainError } from "~/features/domain-error";
import type { Ports } from "~/ports/index.server";
import { requireFit } from "./check-mask.server";
import type { ResolvedDrawing } from "./resolve-drawing.server";

/** The mask that lies with a run. @throws DomainError "not-found" where there is none */
export async function readMaskOfRun({ db }: Pick<Ports, "db">, runId: number) {
  const row = await db.drawMask.findUnique({ where: { jobRunId: runId } });
  if (row) return { ...row, png: Buffer.from(row.png) };
  throw new DomainError("not-found", `Run ${runId} has no mask. Start it anew.`);
}

/**
 * The mask of a run whose base is as it will be planned: the base may have been replaced since the mask was painted.
 * @throws what `readMaskOfRun` and `requireFit` throw
 */
export async function requireMaskOfRun(
  ports: Pick<Ports, "db" | "storage">,
  { runId, drawing, signal }: { runId: number; drawing: ResolvedDrawing; signal: AbortSignal },
) {
  const mask = await readMaskOfRun(ports, runId);
  const base = drawing.shown.find(({ role }) => role === "base");
  if (!base) throw new DomainError("invalid", "A mask says where a base image is changed. Choose the base image.");
  await requireFit(ports, { mask: mask.png, base }, signal);
  return mask;
}
