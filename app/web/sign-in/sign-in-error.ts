export type SignInErrorCode =
  | "cancelled"
  | "unknown-state"
  | "unreachable"
  | "client-refused"
  | "code-refused"
  | "bad-token"
  | "wrong-audience"
  | "wrong-nonce"
  | "clock"
  | "no-email"
  | "unverified-email"
  | "not-allowed";

/** Why a sign-in ended: the code for the log, the message for the person, with what to do. */
export class SignInError extends Error {
  override name = "SignInError";
  constructor(
    readonly code: SignInErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** Google does not answer, or not as it should. */
export const unreachable = (cause: unknown) =>
  new SignInError("unreachable", "Google could not be reached from this server. Try again in a moment.", { cause });
