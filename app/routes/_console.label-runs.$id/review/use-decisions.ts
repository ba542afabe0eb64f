import { useEffect, useRef, useState } from "react";
import { useSay } from "~/components/ui/toast";
import type { ReviewedProposal } from "~/features/labeling/review/review";
import type { Verdict } from "~/features/labeling/review/review-filter";
import { type Answer, sendDecisions } from "./send-decisions";

type Pressed = { proposal: ReviewedProposal; decision: Verdict };
/** What is sent at once. */
type Sent = { of: "decisions"; pressed: Pressed[] } | { of: "undo" };

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
 * Decides as fast as keys are pressed: each decision shows at once. What is pressed while a request is under way goes with
 * the next one, in its order, also for who has left the page meanwhile. One that is refused is taken back and said.
 * @param reread reads the page's data again, once all are sent
 */
export function useDecisions(runId: number, proposals: readonly ReviewedProposal[], reread: () => void): Decisions {
  const say = useSay();
  const [own, setOwn] = useState<ReadonlyMap<number, Own>>(new Map());
  const waiting = useRef<(Pressed | "undo")[]>([]);
  const isSending = useRef(false);
  /** The last decision of one's own about each proposal, as it was answered. */
  const known = useRef(new Map<number, number>());

  const put = (id: number, value: Own | null) =>
    setOwn((last) => {
      const next = new Map(last);
      if (value) next.set(id, value);
      else next.delete(id);
      return next;
    });

  async function sendAll() {
    if (isSending.current) return;
    isSending.current = true;
    for (let next = takeNext(waiting.current); next; next = takeNext(waiting.current)) {
      settle(next, await sendDecisions(runId, formOf(next, known.current)));
    }
    isSending.current = false;
    reread();
  }

  function ask(asked: Pressed | "undo") {
    waiting.current.push(asked);
    void sendAll();
  }

  function settle(sent: Sent, answer: Answer) {
    if ("refusal" in answer) {
      say({ tone: "bad", text: answer.refusal });
      // What was to follow would rest on it.
      for (const next of waiting.current.splice(0)) if (next !== "undo") put(next.proposal.id, null);
    }
    if ("said" in answer) {
      say({ tone: "good", text: answer.said });
      if (answer.proposalId !== null) forget(answer.proposalId);
    }
    if (sent.of === "undo") return;
    const answers = "answers" in answer ? answer.answers : [];
    for (const { proposal, decision } of sent.pressed) {
      const mine = answers.find(({ proposalId }) => proposalId === proposal.id);
      if (mine && "decisionId" in mine) noteDecided(proposal.id, decision, mine.decisionId);
      else {
        if (mine) say({ tone: "bad", text: mine.refusal });
        waiting.current = waiting.current.filter((next) => next === "undo" || next.proposal.id !== proposal.id);
        put(proposal.id, null);
      }
    }
  }

  function noteDecided(id: number, decision: Verdict, decisionId: number) {
    known.current.set(id, decisionId);
    const isFollowed = waiting.current.some((next) => next !== "undo" && next.proposal.id === id);
    if (!isFollowed) put(id, { decision, id: decisionId });
  }

  function forget(id: number) {
    known.current.delete(id);
    put(id, null);
  }

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
      ask({ proposal, decision });
    },
    undo: () => ask("undo"),
  };
}

/** What is sent, as a form's fields. Decisions are numbered as they are made, so that the newest known one is the largest. */
function formOf(sent: Sent, known: ReadonlyMap<number, number>): Record<string, string> {
  if (sent.of === "undo") return { intent: "undo" };
  const decisions = sent.pressed.map(({ proposal: { id, decisionId, rev }, decision }) => {
    const seen = { decisionId: Math.max(decisionId, known.get(id) ?? 0), rev };
    return { proposalId: id, decision, seen };
  });
  return { intent: "decide", decisions: JSON.stringify(decisions) };
}

/** As many as go in one request: decisions about different proposals, up to an undo. */
const MOST_AT_ONCE = 100;

/** Takes what is sent next off the queue; null: there is nothing. */
function takeNext(waiting: (Pressed | "undo")[]): Sent | null {
  if (waiting[0] === "undo") {
    waiting.shift();
    return { of: "undo" };
  }
  const pressed: Pressed[] = [];
  for (const next of waiting) {
    if (next === "undo" || pressed.length === MOST_AT_ONCE) break;
    // A second one about a proposal needs to know the first.
    if (pressed.some(({ proposal }) => proposal.id === next.proposal.id)) break;
    pressed.push(next);
  }
  waiting.splice(0, pressed.length);
  return pressed.length > 0 ? { of: "decisions", pressed } : null;
}
