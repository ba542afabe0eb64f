import { useFetcher } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { useSay } from "~/components/ui/toast";
import type { Decided } from "~/features/labeling/review/decide-one.server";
import type { ReviewedProposal } from "~/features/labeling/review/review";
import type { Verdict } from "~/features/labeling/review/review-filter";

type Answer = { decided: Decided } | { said: string; proposalId: number | null } | { refusal: string };
type Asked = { of: "one"; proposal: ReviewedProposal; decision: Verdict } | { of: "undo" };

/** A decision of one's own, shown until the page's data has it: `id` is null until it is answered. */
type Own = { decision: Verdict; id: number | null };

export type Decisions = {
  /** How a proposal stands, one's own decision that is on its way included. */
  stateOf(proposal: ReviewedProposal): ReviewedProposal["decision"];
  /** True where the page's data does not show yet what it stands for. */
  isOwn(proposal: ReviewedProposal): boolean;
  decide(proposal: ReviewedProposal, decision: Verdict): void;
  undo(): void;
};

/**
 * Decides one by one, as fast as keys are pressed: each shows at once, and they are sent one after the other, so that a
 * second one about the same proposal knows the first. One that is refused is taken back and said.
 */
export function useDecisions(runId: number, proposals: readonly ReviewedProposal[]): Decisions {
  const { submit, state, data } = useFetcher<Answer>();
  const say = useSay();
  const [own, setOwn] = useState<ReadonlyMap<number, Own>>(new Map());
  const queue = useRef<{ waiting: Asked[]; sent: Asked | null; answered: Answer | undefined }>({
    ...{ waiting: [], sent: null, answered: undefined },
  });
  /** The last decision of one's own about each proposal, as it was answered. */
  const known = useRef(new Map<number, number>());

  const put = (id: number, value: Own | null) =>
    setOwn((last) => {
      const next = new Map(last);
      if (value) next.set(id, value);
      else next.delete(id);
      return next;
    });

  function sendNext() {
    const next = queue.current.waiting.shift() ?? null;
    queue.current.sent = next;
    if (!next) return;
    const options = { method: "post", action: `/label-runs/${runId}/decisions` } as const;
    if (next.of === "undo") return submit({ intent: "undo" }, options);
    const { id, decisionId, rev } = next.proposal;
    // Decisions are numbered as they are made.
    const seen = Math.max(decisionId, known.current.get(id) ?? 0);
    submit({ intent: "decide", proposalId: id, decision: next.decision, decisionId: seen, rev }, options);
  }

  function ask(asked: Asked) {
    queue.current.waiting.push(asked);
    if (!queue.current.sent) sendNext();
  }

  function settle(asked: Asked, answer: Answer | undefined) {
    if (answer && "refusal" in answer) say({ tone: "bad", text: answer.refusal });
    if (answer && "said" in answer) {
      say({ tone: "good", text: answer.said });
      if (answer.proposalId !== null) forget(answer.proposalId);
    }
    if (asked.of === "undo") return;
    const { id } = asked.proposal;
    if (!answer || !("decided" in answer)) {
      queue.current.waiting = queue.current.waiting.filter((next) => next.of === "undo" || next.proposal.id !== id);
      return put(id, null);
    }
    const { decisionId } = answer.decided;
    known.current.set(id, decisionId);
    const isFollowed = queue.current.waiting.some((next) => next.of === "one" && next.proposal.id === id);
    if (!isFollowed) put(id, { decision: asked.decision, id: decisionId });
  }

  function forget(id: number) {
    known.current.delete(id);
    put(id, null);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when an answer has come, or will not
  useEffect(() => {
    const { sent, answered } = queue.current;
    if (!sent || state === "submitting") return;
    const hasAnswer = data !== undefined && data !== answered;
    if (!hasAnswer && state !== "idle") return;
    queue.current.answered = data;
    settle(sent, hasAnswer ? data : undefined);
    // What could not be sent is said by the page itself; what was to follow would rest on it.
    if (!hasAnswer) queue.current.waiting = [];
    sendNext();
  }, [state, data]);

  const ownOf = ({ id, decisionId }: ReviewedProposal): Own | null => {
    const mine = own.get(id);
    return mine && (mine.id === null || decisionId < mine.id) ? mine : null;
  };
  // Once the page's data shows it, or a newer one, it says nothing more, not even where that is taken back.
  useEffect(() => {
    const old = proposals.filter((proposal) => own.has(proposal.id) && !ownOf(proposal));
    for (const { id } of old) put(id, null);
  });

  return {
    stateOf: (proposal) => ownOf(proposal)?.decision ?? proposal.decision,
    isOwn: (proposal) => ownOf(proposal) !== null,
    decide: (proposal, decision) => {
      put(proposal.id, { decision, id: null });
      ask({ of: "one", proposal, decision });
    },
    undo: () => ask({ of: "undo" }),
  };
}
