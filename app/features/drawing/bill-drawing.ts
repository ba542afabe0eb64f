import { costOfDrawing, type DrawingPrice } from "~/features/prices/drawing-book";
import type { DrawUsage } from "~/ports/model/model.server";

/** No drawing costs so many times what was reserved for it, two pictures in place of one included: such a usage is a mistake. */
const BELIEVED_TIMES = 2;

type Priced = { price: DrawingPrice | null; reservedUsd: number | null };

/** What the row of a call keeps of its bill. Dollars that are not known are null: then the reservation goes on counting. */
export function billOfDrawing(usage: DrawUsage | null, { price, reservedUsd }: Priced) {
  const usd = usage && price && costOfDrawing(price, usage);
  const isBelieved = usage !== null && (usd === null || reservedUsd === null || usd <= BELIEVED_TIMES * reservedUsd);
  if (!isBelieved) return { usd: null };
  return {
    promptTokens: usage.text,
    imageTokens: usage.image,
    cachedTokens: usage.cached,
    outputTokens: usage.output,
    thoughtTokens: usage.thoughts,
    pictureTokens: usage.outputPicture,
    usd,
  };
}
