import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import { callQuoteWords } from "~/components/labels/call-quote-words";
import type { CallQuote } from "~/features/labeling/quote/call-quote";

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

/** Tokens and cost of asking about one image of the usual shape. */
export function TokenCount({ version }: { version: number }) {
  const answer = useCallQuote(version);
  return (
    <p role="status" className="text-sm tabular-nums">
      {answer === null
        ? "Counting tokens…"
        : "quote" in answer
          ? `One image: ${callQuoteWords(answer.quote)}.`
          : answer.refusal}
    </p>
  );
}
