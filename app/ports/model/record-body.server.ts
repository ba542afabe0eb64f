/** Google's keys have 39 characters; the local cloud's is a word that bodies are full of. */
const SHORTEST_KEY = 20;

/** A text of Google's without the key: some of its errors quote it. */
export const withoutKey = (text: string, apiKey: string): string =>
  apiKey.length < SHORTEST_KEY ? text : text.replaceAll(apiKey, "GEMINI_API_KEY");

/**
 * The SDK hands out its own idea of a response, without `finishMessage` and whatever else it does not know; its `fetch`
 * option is the one place where the body can be had as it came. One recorder a call.
 * @param apiKey it is not kept
 */
export function recordBody(apiKey: string) {
  const record: { body: string | null; fetch: typeof fetch } = {
    body: null,
    async fetch(input, init) {
      const response = await fetch(input, init);
      record.body = withoutKey(await response.text(), apiKey);
      return new Response(record.body, { status: response.status, headers: response.headers });
    },
  };
  return record;
}
