import { quoteDrawings } from "~/features/drawing/quote-drawings.server";
import type { Ports } from "~/ports/index.server";
import type { Triable } from "./judge-generation.server";

/** USD of all pictures of a trial, and the most that they can cost; null: not known. `textTokens`: of each generation's instruction. */
export type TrialQuote = { textTokens: number[]; usd: number | null; mostUsd: number | null };

/** What it costs to draw each of some generations twice. @throws what `quoteDrawings` throws */
export async function quoteTrial(
  ports: Pick<Ports, "model">,
  generations: readonly Triable[],
  signal?: AbortSignal,
): Promise<TrialQuote> {
  const quotes = await Promise.all(
    generations.map(async ({ request, facts, shown }) => {
      const { textTokens, usd, mostUsd } = await quoteDrawings(
        ports,
        request,
        { facts, pictures: shown.length },
        signal,
      );
      const ofTwo = (ofAll: number | null) => ofAll && (2 * ofAll) / request.count;
      return { textTokens, usd: ofTwo(usd), mostUsd: ofTwo(mostUsd) };
    }),
  );
  return {
    textTokens: quotes.map(({ textTokens }) => textTokens),
    usd: sumKnown(quotes.map(({ usd }) => usd)),
    mostUsd: sumKnown(quotes.map(({ mostUsd }) => mostUsd)),
  };
}

const sumKnown = (amounts: (number | null)[]) =>
  amounts.reduce((sum, amount) => (sum === null || amount === null ? null : sum + amount), 0);
