import { type RefObject, useEffect, useRef } from "react";
import { isKeyTaken } from "~/components/keyboard";
import type { ReviewedProposal } from "~/features/labeling/review/review";
import type { Verdict } from "~/features/labeling/review/review-filter";

export const CARD = "[data-proposal]";

type ReviewKeys = {
  list: RefObject<HTMLElement>;
  proposals: readonly ReviewedProposal[];
  /** Null for who only looks. */
  decide: ((proposal: ReviewedProposal, decision: Verdict) => void) | null;
  undo(): void;
  /** Goes on to the page before or after, where there is one. */
  turn(step: 1 | -1): void;
};

/**
 * `j` and `k` move from proposal to proposal, `a` accepts the one that has the focus and `r` rejects it, `u` takes one's last
 * decision back. Where the proposal with the focus has gone, the one in its place has it.
 */
export function useReviewKeys(keys: ReviewKeys) {
  const { list, proposals } = keys;
  const place = useRef<{ id: number; index: number } | null>(null);
  const focusAt = (index: number) => {
    const card = list.current?.querySelectorAll<HTMLElement>(CARD)[index];
    card?.querySelector<HTMLElement>("[data-opens]")?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: "nearest" });
  };
  const indexOf = (element: Element | null) => {
    const id = Number(element?.closest<HTMLElement>(CARD)?.dataset.proposal);
    return proposals.findIndex((proposal) => proposal.id === id);
  };
  const move = (step: 1 | -1, from = indexOf(document.activeElement)) => {
    const to = from < 0 ? 0 : from + step;
    if (to < 0 || to >= proposals.length) keys.turn(step);
    else focusAt(to);
  };

  const onKey = useRef((_event: KeyboardEvent) => {});
  onKey.current = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isKeyTaken(event)) return;
    const at = indexOf(document.activeElement);
    const proposal = proposals[at];
    if (event.key === "j") return move(1);
    if (event.key === "k") return move(-1);
    if (!keys.decide) return;
    if (event.key === "u") return keys.undo();
    const decision = event.key === "a" ? "accepted" : event.key === "r" ? "rejected" : null;
    if (!decision) return;
    if (proposal) keys.decide(proposal, decision);
    else focusAt(0);
  };
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey.current(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: after each drawing of another list
  useEffect(() => {
    const last = place.current;
    const isLost = document.activeElement === document.body && last !== null;
    if (isLost && !proposals.some(({ id }) => id === last.id)) focusAt(Math.min(last.index, proposals.length - 1));
  }, [proposals]);

  return {
    move,
    onFocus: (target: Element) => {
      const index = indexOf(target);
      const found = proposals[index];
      place.current = found ? { id: found.id, index } : place.current;
    },
  };
}
