/** Why a request of the domain cannot be done; the web edge turns the code into a status. */
export type DomainErrorCode = "not-found" | "conflict" | "invalid" | "stale-plan";

/** A refusal whose message a person can act on: what happened, to what, what to do. */
export class DomainError extends Error {
  override name = "DomainError";
  constructor(
    readonly code: DomainErrorCode,
    message: string,
  ) {
    super(message);
  }
}
