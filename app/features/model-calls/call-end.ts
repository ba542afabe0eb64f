import type { LeftOpen } from "~/features/job-runs/kinds/handler";
import type { Failure } from "~/ports/model/model.server";

/** The model said something, of use or not. */
export type Answered = {
  kind: "labelled" | "refused" | "truncated" | "invalid" | "unanswered" | "embedded" | "drawn" | "no-image";
};

type Denied = Extract<Failure, { kind: "denied" }>;
/** The call itself came to nothing. */
export type Failed = Extract<Failure, { kind: "failed" }>;
/** A failure of this moment, that tells nothing about what was asked. */
export type Undenied = Exclude<Failure, Denied>;
/** Ends that may pass. */
type HeldUp = Exclude<Undenied, Failed> | (Failed & { retryable: true });

/** One made for a run. What no waiting mends for now leaves what it was made for open. */
export type MadeCall<A extends Answered> = A | Undenied | LeftOpen;

export const isHeldUp = (result: Answered | Undenied): result is HeldUp =>
  result.kind === "rate-limited" || result.kind === "unavailable" || (result.kind === "failed" && result.retryable);
