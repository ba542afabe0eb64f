import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { carryOutCall } from "~/features/labeling/asking/carry-out-call.server";
import { type Reserved, reserveTry, type TriedCall } from "~/features/labeling/budget/reservations.sql.server";
import { requestHash } from "~/features/labeling/prompts/prompt-versions.server";
import { reserveWithin } from "~/features/model-quotas/reserve-within.server";
import type { Ports } from "~/ports/index.server";
import type { Sql } from "~/ports/sql.server";
import { quote } from "~/quote";
import { openTriedPrompt } from "./open-tried-prompt.server";
import { readTriedImage } from "./read-tried-image.server";

/**
 * Asks with a prompt version about one image, once: a paid call, reserved before it is made and kept whatever comes of it.
 * A label run with this version takes its answer over instead of paying for it again.
 * @throws DomainError "not-found", "conflict" (an example or the image changed; a quota is used up), "invalid" (the model has ended)
 */
export async function tryPrompt(
  ports: Ports,
  { versionId, imageId, actor }: { versionId: number; imageId: number; actor: Actor },
): Promise<void> {
  const { row, prompt } = await openTriedPrompt(ports, versionId);
  const { settings } = prompt.content;
  const { etag, picture } = await readTriedImage(ports, { imageId, imageEdge: settings.imageEdge });
  const { model, maxOutputTokens } = settings;
  const now = ports.clock.now();
  const reservedUsd = prompt.maxCallUsd(maxOutputTokens, now);
  const call = { imageId, promptVersionId: versionId, requestHash: requestHash(row.hash, etag), model, reservedUsd };
  const asked = { model, tokens: prompt.expectedTokens, limits: prompt.factsAt(now).limits };
  const who = { actor, promptName: `${quote(row.name)} v${row.version}` };
  const turn = await reserveWithin(ports, asked, (hasRoom) =>
    writeDown(ports, { ...call, expectedTokens: prompt.expectedTokens }, who, hasRoom),
  );
  // Someone waits on the page, so that a quota which is used up is said, and not waited for.
  if ("until" in turn) throw new DomainError("conflict", `${turn.reason} Nothing was spent; try again later.`);
  const { reserved } = turn;
  await carryOutCall(ports, prompt, { reserved, reservedUsd, image: picture, maxOutputTokens });
}

/** The call's row where the model has room for it, and that someone made it. */
function writeDown(
  { db, clock }: Pick<Ports, "db" | "clock">,
  call: TriedCall,
  { actor, promptName }: { actor: Actor; promptName: string },
  hasRoom: Sql,
): Promise<Reserved | null> {
  const at = clock.now();
  const { promptVersionId, imageId, reservedUsd } = call;
  return db.$write(async (tx) => {
    const reserved = await reserveTry(tx, call, at, hasRoom);
    if (!reserved) return null;
    await recordEvent(tx, {
      at,
      actor,
      action: "prompt.try",
      subject: `prompt:${promptVersionId}`,
      sentence: `Tried ${promptName} on image ${imageId}.`,
      detail: { modelCallId: reserved.callId, imageId, reservedUsd },
    });
    return reserved;
  });
}
