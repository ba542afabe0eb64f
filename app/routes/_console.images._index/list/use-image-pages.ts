import { useFetcher } from "@remix-run/react";
import { useCallback, useEffect, useReducer, useRef } from "react";
import type { ImageOrder, PageFrom } from "~/features/images/browse/image-order";
import type { DrawnCard } from "~/features/images/browse/with-placeholders.server";
import {
  beginWith,
  entriesOf,
  type LoadedPages,
  letGo,
  nextRequest,
  type PageAnswer,
  type PageRequest,
  receive,
  refresh,
  type Stretch,
} from "./loaded-pages";

const PAGE = 60;
/** Images beyond what is seen that are read before anyone gets there. */
const AHEAD = 2 * PAGE;
/** Images around what is seen whose cards are kept. */
const KEPT = 10 * PAGE;

type Change =
  | { of: "answer"; request: PageRequest; answer: PageAnswer; order: ImageOrder }
  | { of: "cards"; cards: readonly DrawnCard[] }
  | { of: "look"; seen: Stretch; kept: number };

function change(list: LoadedPages, change: Change): LoadedPages {
  if (change.of === "answer") return receive(list, change.request, change.answer, change.order);
  if (change.of === "cards") return refresh(list, change.cards);
  return letGo(list, change.seen, change.kept);
}

type PagesInput = {
  /** The page as the route's loader answers it; a newer one of the same list has newer cards. */
  loaded: PageAnswer;
  order: ImageOrder;
  /** The address of the list without its place. */
  params: string;
};

const isSamePlace = (one: PageFrom, other: PageFrom) => JSON.stringify(one) === JSON.stringify(other);

/**
 * The pages of a list around what is seen, read one at a time. No answer leads to the same request again: it has moved an
 * end of the list, or said that there is none.
 * @returns `see`: to be told which images are drawn; `retry`: asks at once where an answer does not come
 */
export function useImagePages({ loaded, order, params }: PagesInput) {
  const [list, dispatch] = useReducer(change, loaded, (answer) => beginWith(answer, order));
  const { load, data, state } = useFetcher<() => PageAnswer>();
  const asked = useRef<{ request: PageRequest; href: string } | null>(null);
  const seen = useRef<Stretch | null>(null);

  const ask = useCallback(() => {
    if (asked.current !== null || seen.current === null) return;
    const request = nextRequest(list, seen.current, AHEAD);
    if (request === null) return;
    const place = Object.entries(request.place ?? {});
    const href = `/images?${new URLSearchParams([...new URLSearchParams(params), ...place])}`;
    asked.current = { request, href };
    load(href);
  }, [list, load, params]);

  // Right after `load` the router still says "idle" with the former answer, so that an answer is known by its place. It also
  // drops a read without a word when a navigation comes between: what has ended without its answer is read again. This runs
  // after each commit: an effect that waits for `state` or `data` to change missed the commit that brought an answer, once in
  // some scrolls of a busy browser, and the list stood still.
  const wasReading = useRef(false);
  useEffect(() => {
    const { current } = asked;
    const hasEnded = state === "idle" && wasReading.current;
    wasReading.current = state !== "idle";
    if (current === null) return ask();
    if (state === "idle" && data && isSamePlace(data.from, current.request.place)) {
      asked.current = null;
      dispatch({ of: "answer", request: current.request, answer: data, order });
    } else if (hasEnded) load(current.href);
  });

  const see = useCallback(
    (drawn: Stretch) => {
      if (drawn.from === seen.current?.from && drawn.to === seen.current.to) return;
      seen.current = drawn;
      dispatch({ of: "look", seen: drawn, kept: KEPT });
      ask();
    },
    [ask],
  );

  useRenewedCards(loaded, {
    /** What was drawn, and the pages that are never let go. */
    shown: () => {
      const { from, to } = seen.current ?? { from: 0, to: 0 };
      const near = entriesOf(list, { from: from - PAGE, to: to + PAGE }).map(({ id }) => id);
      return [...new Set([...near, ...(list.pages.at(0)?.ids ?? []), ...(list.pages.at(-1)?.ids ?? [])])];
    },
    forget: () => seen.current && dispatch({ of: "look", seen: seen.current, kept: 0 }),
    renew: (cards) => dispatch({ of: "cards", cards }),
  });

  return {
    list,
    see,
    retry: useCallback(() => asked.current && load(asked.current.href), [load]),
    isReading: state !== "idle",
  };
}

type Renewal = { shown(): number[]; forget(): void; renew(cards: readonly DrawnCard[]): void };

/**
 * After an action the router reads the page's data again. The list stays as it is: what is drawn gets its newer cards in
 * place, and what is not is let go, to be read again when someone gets there.
 */
function useRenewedCards(loaded: PageAnswer, renewal: Renewal) {
  const { load, data } = useFetcher<() => { cards: DrawnCard[] }>();
  const last = useRef<{ loaded: PageAnswer; data: typeof data }>({ loaded, data });
  const latest = useRef(renewal);
  useEffect(() => {
    latest.current = renewal;
  });
  useEffect(() => {
    if (loaded === last.current.loaded) return;
    last.current.loaded = loaded;
    latest.current.forget();
    const ids = latest.current.shown();
    if (ids.length > 0) load(`/image-cards?${new URLSearchParams({ ids: ids.join(",") })}`);
  }, [loaded, load]);
  useEffect(() => {
    if (!data || data === last.current.data) return;
    last.current.data = data;
    latest.current.renew(data.cards);
  }, [data]);
}
