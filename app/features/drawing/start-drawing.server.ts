import { randomBytes } from "node:crypto";
import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { requireBudget } from "~/features/model-calls/budget";
import type { Ports } from "~/ports/index.server";
import { checkMask } from "./check-mask.server";
import { drawImages } from "./draw-images";
import { type ResolvedDrawing, readDrawRequest, resolveDrawing } from "./resolve-drawing.server";

/**
 * Starts the plan of a run that draws pictures. Its row, with the budget, comes with it in one transaction.
 * @param input.request a `DrawRequest`, of whoever asks
 * @param input.budgetUsd no call is made that could go past it
 * @param input.shown the pictures that whoever asks has seen, in order: where others would be sent by now, nothing is started
 * @param input.mask a PNG of the base's size; the request's own `mask` then counts for nothing
 * @throws DomainError for a request that cannot be drawn as it stands, or a budget that is none
 */
export async function startDrawing(
  deps: Pick<Ports, "db" | "model" | "clock" | "storage">,
  input: {
    request: unknown;
    budgetUsd: number;
    actor: Actor;
    autoApply?: boolean;
    shown?: { key: string; etag: string }[];
    mask?: Buffer | null;
  },
): Promise<{ runId: number }> {
  const { db, clock } = deps;
  const budgetUsd = requireBudget(input.budgetUsd);
  const asked = readDrawRequest(input.request);
  if (asked.mask !== null && !input.mask) throw new DomainError("invalid", "The mask is missing. Paint it again.");
  const { shown } = await resolveDrawing(deps, asked);
  if (input.shown) requireSame(input.shown, shown);
  const mask = input.mask ? await checkMask(deps, { mask: input.mask, base: requireBase(shown) }) : null;
  const request = { ...asked, mask: mask?.sha256 ?? null };
  const row = { model: request.model, budgetUsd, mark: randomBytes(4).toString("hex"), createdAt: clock.now() };
  return startRun({ db, clock }, drawImages, {
    payload: request,
    actor: input.actor,
    autoApply: input.autoApply ?? false,
    within: async (tx, jobRunId) => {
      await tx.drawRun.create({ data: { jobRunId, ...row } });
      if (mask) await tx.drawMask.create({ data: { jobRunId, ...mask, png: new Uint8Array(mask.png) } });
    },
  });
}

function requireBase(shown: ResolvedDrawing["shown"]) {
  const base = shown.find(({ role }) => role === "base");
  if (base) return base;
  throw new DomainError("invalid", "A mask says where a base image is changed. Choose the base image.");
}

type Seen = { key: string; etag: string };

function requireSame(seen: Seen[], now: Seen[]) {
  const isSame =
    seen.length === now.length && now.every(({ key, etag }, at) => seen[at]?.key === key && seen[at].etag === etag);
  if (isSame) return;
  throw new DomainError(
    "conflict",
    "Other pictures would be sent now than were shown, since one was changed or deleted meanwhile. Look at them again, then draw.",
  );
}
