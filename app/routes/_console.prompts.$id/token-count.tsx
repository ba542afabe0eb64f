import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import { count, dollars } from "~/features/format";
import type { CallQuote } from "~/features/labeling/trying/quote-call.server";

type Answer = { quote: CallQuote } | { refusal: string };

/** Asks Gemini for the tokens of one request, which costs nothing; null until it has answered. */
export function useCallQuote(version: number, imageId?: number): Answer | null {
  const { load, data } = useFetcher<Answer & { of: string }>();
  const of = new URLSearchParams({
    version: String(version),
    ...(imageId !== undefined && { image: String(imageId) }),
  });
  const address = `/prompt-quotes?${of}`;
  useEffect(() => load(address), [load, address]);
  return data && data.of === String(of) ? data : null;
}

/** What one request takes: “1 524 tokens in, about 172 out, about $0.0009”. */
export function quoteWords({ inputTokens, isEstimate, outputTokens, usd }: CallQuote): string {
  const cost = usd === null ? "at a price that is not known" : `about ${dollars(usd)}`;
  return `${isEstimate ? "at most " : ""}${count(inputTokens)} tokens in, about ${count(outputTokens)} out, ${cost}`;
}

/** Tokens and cost of asking about one image of the usual shape. */
export function TokenCount({ version }: { version: number }) {
  const answer = useCallQuote(version);
  return (
    <p role="status" className="text-sm tabular-nums">
      {answer === null
        ? "Counting tokens…"
        : "quote" in answer
          ? `One image: ${quoteWords(answer.quote)}.`
          : answer.refusal}
    </p>
  );
}
