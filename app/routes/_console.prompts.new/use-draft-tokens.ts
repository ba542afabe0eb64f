import { type RefObject, useCallback, useEffect, useState } from "react";
import { callQuoteWords } from "~/components/labels/call-quote-words";
import { count } from "~/features/format";
import type { CallQuote } from "~/features/labeling/quote/call-quote";
import { fieldsOf } from "./use-draft";

/** Without a key for this long, what stands there is counted. */
const PAUSE_MS = 500;

/** A null quote: the fields are not complete. Null: the server did not answer. */
type Answer = { quote: CallQuote | null } | { refusal: string } | null;

/**
 * What one request takes with what stands in the form, in words; Gemini counts it, which costs nothing, whenever typing rests.
 * @returns `count`: to be told that something may have changed
 */
export function useDraftTokens(form: RefObject<HTMLFormElement>) {
  const [asked, setAsked] = useState<string | null>(null);
  const [said, setSaid] = useState<{ of: string; words: string } | null>(null);
  const look = useCallback(() => form.current && setAsked(askedBy(form.current)), [form]);
  useEffect(() => {
    look();
  }, [look]);
  useEffect(() => {
    if (asked === null) return;
    const control = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await ask(asked, control.signal);
      if (!control.signal.aborted) setSaid({ of: asked, words: wordsOf(answer) });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [asked]);
  return { words: said?.words ?? "Counting tokens…", isCounting: said === null || said.of !== asked, count: look };
}

/** The fields that a model sees something of: a name costs no token. */
function askedBy(form: HTMLFormElement): string {
  const { name: _, newest: __, ...asked } = fieldsOf(form);
  return String(new URLSearchParams(asked));
}

/** Past the router, which would read the page again after each. */
function ask(fields: string, signal: AbortSignal): Promise<Answer> {
  const body = new URLSearchParams(fields);
  // What is called off may be so while the answer comes in.
  return fetch("/draft-quotes", { method: "POST", body, redirect: "manual", signal })
    .then((answer) => (answer.ok ? answer.json() : null))
    .catch(() => null);
}

function wordsOf(answer: Answer): string {
  if (answer === null) return "Tokens of one image: unknown, because the server did not answer.";
  if ("refusal" in answer) return answer.refusal;
  const { quote } = answer;
  if (quote === null) return "Tokens of one image: counted once the fields above are complete.";
  if (quote.isEstimate) {
    return `Tokens of one image: unknown, because Gemini does not answer now. At most ${count(quote.inputTokens)} in.`;
  }
  return `One image: ${callQuoteWords(quote)}.`;
}
