import type { MissingReference } from "~/features/attribute-groups/references/choose-references";
import type { ShownPicture } from "~/features/drawing/draw-images";
import { type DrawRequest, drawRequest } from "~/features/drawing/draw-request";
import { quoteDrawings } from "~/features/drawing/quote-drawings.server";
import { readDrawRequest, resolveDrawing } from "~/features/drawing/resolve-drawing.server";
import { groupBy } from "~/features/group-by";
import type { Ports } from "~/ports/index.server";

/** A picture as it would be sent, with why. */
export type PreviewedPicture = Pick<ShownPicture, "role" | "imageId" | "key" | "etag"> & {
  why: string;
  hasThumbnail: boolean;
};

/** What a request would send and cost if it were drawn now. Nothing is paid. */
export type DrawingPreview = {
  /** In the order in which they are sent. */
  shown: PreviewedPicture[];
  /** What was asked for and is not injected. */
  missing: MissingReference[];
  /** USD of all pictures; null: not known. */
  usd: number | null;
  mostUsd: number | null;
  /** What is wrong with the prompt; null: nothing. */
  promptProblem: string | null;
};

/** Stands for a prompt that cannot be sent, so that everything else of the request is still shown. */
const NO_PROMPT = "…";

/** @throws what `readDrawRequest`, `resolveDrawing` and `quoteDrawings` throw, but not for the prompt */
export async function previewDrawing(
  ports: Pick<Ports, "db" | "model" | "clock">,
  asked: DrawRequest,
  signal?: AbortSignal,
): Promise<DrawingPreview> {
  const promptProblem = drawRequest.shape.prompt.safeParse(asked.prompt).error?.issues[0]?.message ?? null;
  const request = readDrawRequest(promptProblem === null ? asked : { ...asked, prompt: NO_PROMPT });
  const { facts, shown, missing } = await resolveDrawing(ports, request);
  const { usd, mostUsd } = await quoteDrawings(ports, request, { facts, pictures: shown.length }, signal);
  const made = await readThumbnails(ports, shown);
  return {
    shown: shown.map(({ role, imageId, key, etag, why }) => {
      return { role, imageId, key, etag, why, hasThumbnail: made.get(key)?.[0]?.thumbnailEtag === etag };
    }),
    ...{ missing, usd, mostUsd, promptProblem },
  };
}

async function readThumbnails({ db }: Pick<Ports, "db">, shown: { key: string }[]) {
  const rows = await db.image.findMany({
    where: { key: { in: shown.map(({ key }) => key) } },
    select: { key: true, thumbnailEtag: true },
  });
  return groupBy(rows, ({ key }) => key);
}
