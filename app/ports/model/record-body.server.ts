/** Google's keys have 39 characters; the local cloud's is a word that bodies are full of. */
const SHORTEST_KEY = 20;

/**
 * The SDK hands out its own idea of a response, without `finishMessage` and whatever else it does not know; its `fetch`
 * option is the one place where the body can be had as it came. One recorder a call.
 * @param apiKey some of Google's errors quote it: it is not kept
 */
export function recordBody(apiKey: string) {
  const record: { body: string | null; fetch: typeof fetch } = {
    body: null,
    async fetch(input, init) {
      const response = await fetch(input, init);
      const text = await response.text();
      record.body = apiKey.length < SHORTEST_KEY ? text : text.replaceAll(apiKey, "GEMINI_API_KEY");
      return new Response(record.body, { status: response.status, headers: response.headers });
    },
  };
  return record;
}
