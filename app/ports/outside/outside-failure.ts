import { quote } from "~/quote";

export type OutsideErrorClass =
  | "bad-address"
  | "forbidden-address"
  | "not-found"
  | "refused"
  | "unavailable"
  | "too-large"
  | "too-many-redirects"
  | "too-slow";

type Later = { retryable?: boolean; retryAfterMs?: number | null };

/** Why an image could not be read, in a sentence a person can act on; `retryable` says whether waiting helps. */
export class OutsideFailure extends Error {
  override name = "OutsideFailure";
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  constructor(
    readonly errorClass: OutsideErrorClass,
    message: string,
    { retryable = false, retryAfterMs = null }: Later = {},
  ) {
    super(message);
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Host and path as a sentence names them. The query stays out, for it may hold a signature. */
export const placeOf = ({ host, pathname }: URL): string => quote(pathname === "/" ? host : `${host}${pathname}`);
