import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { type OpenPrompt, openPrompt } from "~/features/labeling/asking/open-prompt.server";
import { type Reserved, settleCall } from "~/features/labeling/budget/reservations.sql.server";
import { requestHash } from "~/features/labeling/prompts/prompt-versions.server";
import { requirePromptVersion } from "~/features/labeling/prompts/require-prompt-version.server";
import { findNoRoom, readLimits } from "~/features/model-quotas/room.sql.server";
import type { Ports } from "~/ports/index.server";
import { quote } from "~/quote";
import { readTriedImage } from "./read-tried-image.server";

/**
 * Asks with a prompt version about one image, once: a paid call, reserved before it is made and kept whatever comes of it.
 * A label run with this version takes its answer over instead of paying for it again.
 * @throws DomainError "not-found", "conflict" (an example or the image changed; a quota is used up)
 */
export async function tryPrompt(
  ports: Ports,
  { versionId, imageId, actor }: { versionId: number; imageId: number; actor: Actor },
): Promise<void> {
  const row = await requirePromptVersion(ports, versionId);
  const prompt = await openPrompt(ports, row);
  const { settings } = prompt.content;
  const { etag, picture } = await readTriedImage(ports, { imageId, imageEdge: settings.imageEdge });
  await requireRoom(ports, prompt);
  const reservedUsd = prompt.maxCallUsd(settings.maxOutputTokens, ports.clock.now());
  const reserved = await reserveTry(ports, {
    actor,
    versionId,
    imageId,
    promptName: `${quote(row.name)} v${row.version}`,
    requestHash: requestHash(row.hash, etag),
    model: settings.model,
    reservedUsd,
    expectedTokens: prompt.expectedTokens,
  });
  const result = await ports.model.label(prompt.request(picture));
  await settleCall(ports, reserved, result, { priceOf: prompt.priceOf, reservedUsd });
}

/** Someone waits on the page, so that a quota which is used up is said, and not waited for. */
async function requireRoom({ db, clock }: Pick<Ports, "db" | "clock">, prompt: OpenPrompt): Promise<void> {
  const now = clock.now();
  const { model } = prompt.content.settings;
  const call = { model, tokens: prompt.expectedTokens, limits: prompt.factsAt(now).limits };
  const full = await findNoRoom(db, call, await readLimits(db, call), now);
  if (full) throw new DomainError("conflict", `${full.reason} Nothing was spent; try again later.`);
}

type Try = {
  actor: Actor;
  versionId: number;
  promptName: string;
  imageId: number;
  requestHash: string;
  model: string;
  reservedUsd: number | null;
  expectedTokens: number;
};

/** The call's row, and that someone made it. */
function reserveTry({ db, clock }: Pick<Ports, "db" | "clock">, call: Try): Promise<Reserved> {
  const { actor, promptName, versionId, imageId, reservedUsd, ...asked } = call;
  const at = clock.now();
  return db.$write(async (tx) => {
    const { id } = await tx.modelCall.create({
      data: {
        ...asked,
        imageId,
        promptVersionId: versionId,
        reservedUsd: reservedUsd ?? 0,
        outcome: "reserved",
        createdAt: at,
      },
      select: { id: true },
    });
    await recordEvent(tx, {
      at,
      actor,
      action: "prompt.try",
      subject: `prompt:${versionId}`,
      sentence: `Tried ${promptName} on image ${imageId}.`,
      detail: { modelCallId: id, imageId, reservedUsd },
    });
    return { callId: id, at };
  });
}
