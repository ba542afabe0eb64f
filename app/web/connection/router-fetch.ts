import { BUILD_HEADER, POLL_HEADER } from "~/web/server/answer-headers";
import { judgeAnswer, judgeSent, retryDelay } from "./judge-answer";
import { nextTurn } from "./next-turn";
import { reloadUntouched, watchForUse } from "./reload-untouched";
import { noteTrouble, noteUnsent } from "./trouble";

/**
 * A connection that a network has silently dropped would otherwise be waited for for minutes. Only in the background: who
 * goes to another page sees that it loads, and can stop it.
 */
const ANSWER_WITHIN_MS = 20_000;

type Fetch = typeof fetch;

/**
 * Makes every read of the router last until it has an answer, and every form that could not be sent leave its page as it
 * is. Remix asks for data by the global fetch and offers no other place to stand in; without this one lost poll replaces
 * the page by its error boundary. docs/decisions/016 says what else was weighed.
 */
export function keepPagesThroughFailures() {
  const ask = window.fetch.bind(window);
  watchForUse();
  window.fetch = (input, init) => {
    const url = input instanceof URL ? input : null;
    if (url?.origin !== window.location.origin || !url.pathname.endsWith(".data")) return ask(input, init);
    return (init?.method ?? "GET") === "GET" ? read(ask, url, init) : send(ask, url, init);
  };
}

/** Asks until there is an answer to show, or the router no longer wants one. */
async function read(ask: Fetch, url: URL, init: RequestInit | undefined): Promise<Response> {
  const self = {};
  const signal = init?.signal ?? null;
  try {
    for (let failures = 1; ; failures += 1) {
      const answer = await attempt(ask, url, init);
      signal?.throwIfAborted();
      const trouble = answer ? judgeAnswer(answer, window.__remixManifest.version) : "unreachable";
      if (answer && trouble === null) return answer;
      // Who leaves the page asks for what comes: the sign-in page, an error page, the new build.
      if (answer && trouble !== "unreachable" && isLeaving()) return trouble === "updated" ? loadDocument() : answer;
      if (trouble === "updated") reloadUntouched(answer?.headers.get(BUILD_HEADER) ?? "");
      noteTrouble(self, trouble);
      await nextTurn(retryDelay(failures, Math.random()), signal);
    }
  } finally {
    noteTrouble(self, null);
  }
}

/** The whole answer; null when none came, or only a part of it. */
async function attempt(ask: Fetch, url: URL, init: RequestInit | undefined): Promise<Response | null> {
  const limits = isLeaving() ? [] : [AbortSignal.timeout(ANSWER_WITHIN_MS)];
  const signal = AbortSignal.any([...(init?.signal ? [init.signal] : []), ...limits]);
  try {
    const answer = await ask(url, { ...init, signal, headers: headersOf(init) });
    return answer.body ? new Response(await answer.arrayBuffer(), answer) : answer;
  } catch {
    return null;
  }
}

/** Tells the server's log what only keeps a page up to date. */
function headersOf(init: RequestInit | undefined): Headers {
  const headers = new Headers(init?.headers);
  if (window.__remixRouter.state.revalidation === "loading") headers.set(POLL_HEADER, "yes");
  return headers;
}

/** Sends once: what got no answer may have been done all the same, so that a person decides whether to send it again. */
async function send(ask: Fetch, url: URL, init: RequestInit | undefined): Promise<Response> {
  const answer = await ask(url, init).catch(() => null);
  init?.signal?.throwIfAborted();
  const complaint = await judgeSent(answer);
  if (answer && complaint === null) return answer;
  noteUnsent(complaint ?? "");
  return stayOnPage(url, init?.signal);
}

/** Ends a submission as if nothing had been sent: the page is read again, and no one's text is touched. */
function stayOnPage(url: URL, signal: AbortSignal | null | undefined): Promise<Response> {
  const router = window.__remixRouter;
  const { navigation, location } = router.state;
  // A fetcher's: it takes no one anywhere. For the router an answer without a body has no data.
  if (navigation.state !== "submitting" || dataPath(navigation.formAction) !== url.pathname) {
    return Promise.resolve(new Response(null, { status: 204 }));
  }
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  // To go where one is already takes back what was being sent.
  void router.navigate(location, { replace: true, preventScrollReset: true, state: location.state });
  return aborted;
}

/** Where the router asks for the data of a page. */
function dataPath(address: string): string {
  const { pathname } = new URL(address, window.location.origin);
  return pathname === "/" ? "/_root.data" : `${pathname.replace(/\/$/, "")}.data`;
}

/** True while the reader is on the way to another page, or to another view of this one. */
function isLeaving(): boolean {
  const { navigation, location } = window.__remixRouter.state;
  if (navigation.state === "idle") return false;
  return navigation.location.pathname + navigation.location.search !== location.pathname + location.search;
}

/** Goes on to the next page by loading it again. */
function loadDocument(): Promise<never> {
  const { pathname, search, hash } = window.__remixRouter.state.navigation.location ?? window.location;
  window.location.assign(pathname + search + hash);
  return new Promise(() => {});
}
