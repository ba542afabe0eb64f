import { randomBytes } from "node:crypto";
import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { requireBudget } from "~/features/model-calls/budget";
import type { Ports } from "~/ports/index.server";
import { drawImages } from "./draw-images";
import { readDrawRequest, resolveDrawing } from "./resolve-drawing.server";

/**
 * Starts the plan of a run that draws pictures. Its row, with the budget, comes with it in one transaction.
 * @param input.request a `DrawRequest`, of whoever asks
 * @param input.budgetUsd no call is made that could go past it
 * @param input.shown the pictures that whoever asks has seen, in order: where others would be sent by now, nothing is started
 * @throws DomainError for a request that cannot be drawn as it stands, or a budget that is none
 */
export async function startDrawing(
  deps: Pick<Ports, "db" | "model" | "clock">,
  input: {
    request: unknown;
    budgetUsd: number;
    actor: Actor;
    autoApply?: boolean;
    shown?: { key: string; etag: string }[];
  },
): Promise<{ runId: number }> {
  const { db, clock } = deps;
  const budgetUsd = requireBudget(input.budgetUsd);
  const request = readDrawRequest(input.request);
  const { shown } = await resolveDrawing(deps, request);
  if (input.shown) requireSame(input.shown, shown);
  const row = { model: request.model, budgetUsd, mark: randomBytes(4).toString("hex"), createdAt: clock.now() };
  return startRun({ db, clock }, drawImages, {
    payload: request,
    actor: input.actor,
    autoApply: input.autoApply ?? false,
    within: (tx, jobRunId) => tx.drawRun.create({ data: { jobRunId, ...row } }),
  });
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
