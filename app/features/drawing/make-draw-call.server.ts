import type { MadeCall } from "~/features/model-calls/call-end";
import { holdByEnd } from "~/features/model-calls/hold-by-end.server";
import { makeCall, type Waiter } from "~/features/model-calls/make-call.server";
import { drawingSettings, quoteDrawing } from "~/features/prices/drawing-quote";
import type { Ports } from "~/ports/index.server";
import type { AskedPicture } from "./asked-picture";
import { drawLedger } from "./draw-ledger.sql.server";
import type { DrawTerms } from "./draw-terms.server";
import { explainDrawingEnd } from "./resolve-drawing.server";
import { type DrawEnd, settleDrawing } from "./settle-drawing.server";

/** The known limits of models that draw are those that they tell themselves. */
const NO_LIMITS = { requestsPerMinute: null, tokensPerMinute: null, requestsPerDay: null };

/** Makes one call that draws. A model that has ended since the plan pauses the run. */
export async function makeDrawCall(
  ports: Ports,
  run: DrawTerms,
  asked: AskedPicture,
  waiter: Waiter,
): Promise<MadeCall<DrawEnd>> {
  const now = ports.clock.now();
  const facts = run.factsAt(now);
  const ended = explainDrawingEnd(facts, now);
  if (ended !== null)
    return { outcome: "open", pause: `${ended} Cancel this run: the pictures that it has drawn stay.` };
  const { request, sent, seq } = asked;
  const { uploads = [], references = [], base } = sent;
  const pictures = uploads.length + references.length + (base ? 1 : 0) + (base?.mask ? 1 : 0);
  const reservedUsd =
    quoteDrawing(facts, { size: request.size, pictures, textTokens: run.textTokens })?.mostUsd ?? null;
  const expectedTokens = run.textTokens + pictures * (facts.pictureTokens ?? 0);
  const call = { runId: run.runId, seq, model: run.model, reservedUsd, expectedTokens };
  return makeCall(ports, { ledger: drawLedger(ports, call), call, limits: NO_LIMITS }, waiter, async (reserved) => {
    const settings = drawingSettings(facts, request);
    const result = await ports.model.draw({ ...sent, ...settings, model: run.model, signal: waiter.signal });
    const settled = await settleDrawing(ports, run, { ...asked, reserved, reservedUsd }, result, waiter.signal);
    await holdByEnd(ports, settled, { model: run.model, isStopped: waiter.signal.aborted });
    return settled;
  });
}
