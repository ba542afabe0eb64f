import { quoteKey } from "~/quote";
import { type CallFailure, callFailure } from "./call-failure.server";
import { StorageError, type StorageErrorCode } from "./storage-error.server";

/** What was being done, for the sentence: `action` reads like `read "a.png"`. */
export type Attempt = { action: string; bucket: string; endpoint: string; signal: AbortSignal | undefined };

type Verdict = { code: StorageErrorCode; retryable: boolean; reason: string };

/**
 * The StorageError for whatever the SDK, Node's sockets or a body stream threw.
 * The original is not kept as the cause: it holds the request with its signature, which no log may carry.
 * @throws the reason of `signal`, when the caller aborted for another cause than time
 */
export function toStorageError(error: unknown, attempt: Attempt): StorageError {
  if (error instanceof StorageError) return error;
  const failure = callFailure(error);
  if (attempt.signal?.aborted) {
    const reason: unknown = attempt.signal.reason;
    if (!(reason instanceof Error && reason.name === "TimeoutError")) throw reason;
    return describe(attempt, failure, timedOut);
  }
  return describe(
    attempt,
    failure,
    byArchive(failure) ?? byName(failure) ?? bySocket(failure) ?? byStatus(failure) ?? unknown(failure),
  );
}

function describe(attempt: Attempt, failure: CallFailure, { code, retryable, reason }: Verdict): StorageError {
  const { action, bucket, endpoint } = attempt;
  return new StorageError(
    code,
    `Could not ${action} in bucket ${quoteKey(bucket)} at ${endpoint}: ${reason}`,
    retryable,
    {
      cause: failure,
    },
  );
}

const timedOut: Verdict = {
  code: "timeout",
  retryable: true,
  reason: "no answer in time. Check that the endpoint is reachable and not overloaded.",
};
const wrongKeys: Verdict = {
  code: "denied",
  retryable: false,
  reason: "the credentials are not valid there. Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
};
const expired: Verdict = {
  code: "denied",
  retryable: false,
  reason: "the temporary credentials have run out. Renew AWS_SESSION_TOKEN and its key pair.",
};
const wrongRegion: Verdict = {
  code: "invalid",
  retryable: false,
  reason: "the bucket lives in another region. Set AWS_REGION (and AWS_ENDPOINT_URL_S3, if set) to its region.",
};
const notImplemented: Verdict = {
  code: "not-implemented",
  retryable: false,
  reason: "the store does not offer this.",
};
const conflict: Verdict = {
  code: "unavailable",
  retryable: true,
  reason: "another write to the same key is in progress. Try again.",
};

const verdicts: Record<string, Verdict> = {
  NoSuchBucket: {
    code: "no-bucket",
    retryable: false,
    reason: "there is no such bucket. Check S3_BUCKET and AWS_ENDPOINT_URL_S3, or create the bucket.",
  },
  NoSuchKey: { code: "not-found", retryable: false, reason: "there is no such object." },
  NoSuchUpload: {
    code: "not-found",
    retryable: false,
    reason: "there is no such upload: it was completed, given up, or removed by a rule of the bucket's.",
  },
  InvalidPart: { code: "changed", retryable: false, reason: "a part was sent again, or is not there any more." },
  PreconditionFailed: { code: "changed", retryable: false, reason: "the object has changed in the meantime." },
  InvalidAccessKeyId: wrongKeys,
  SignatureDoesNotMatch: wrongKeys,
  InvalidToken: wrongKeys,
  ExpiredToken: expired,
  TokenRefreshRequired: expired,
  CredentialsProviderError: {
    code: "denied",
    retryable: false,
    reason: "no credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role.",
  },
  RequestTimeTooSkewed: {
    code: "denied",
    retryable: false,
    reason: "this machine's clock and the server's differ by more than 15 minutes. Set the clock.",
  },
  PermanentRedirect: wrongRegion,
  TemporaryRedirect: wrongRegion,
  AuthorizationHeaderMalformed: wrongRegion,
  ConditionalRequestConflict: conflict,
  OperationAborted: conflict,
  RequestTimeout: timedOut,
  NotImplemented: notImplemented,
  AccessControlListNotSupported: {
    code: "acl-disabled",
    retryable: false,
    reason: "ACLs are turned off in this bucket (Object Ownership: bucket owner enforced).",
  },
  InvalidRange: { code: "invalid", retryable: false, reason: "the range lies outside of the object." },
  KeyTooLongError: { code: "invalid", retryable: false, reason: "the key is longer than 1,024 bytes." },
};

/** S3 answers 403 to this as well, with a name that reading credentials would not mend. */
function byArchive({ name, storageClass }: CallFailure): Verdict | undefined {
  if (name !== "InvalidObjectState" && name !== "ObjectNotInActiveTierError") return undefined;
  const where = storageClass ? ` (storage class ${storageClass})` : "";
  return {
    code: "archived",
    retryable: false,
    reason: `the object is archived${where} and cannot be read before it is restored. Restore it in the store, then run this again.`,
  };
}

const byName = (failure: CallFailure): Verdict | undefined =>
  Object.hasOwn(verdicts, failure.name) ? verdicts[failure.name] : undefined;

function bySocket({ name, errno }: CallFailure): Verdict | undefined {
  const unavailable = (reason: string): Verdict => ({ code: "unavailable", retryable: true, reason });
  switch (errno) {
    case "ECONNREFUSED":
      return unavailable("nothing listens there (connection refused). Start it, or check AWS_ENDPOINT_URL_S3.");
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return unavailable("its host name could not be resolved. Check AWS_ENDPOINT_URL_S3 and the DNS.");
    case "ECONNRESET":
    case "EPIPE":
    case "ERR_STREAM_PREMATURE_CLOSE":
      return unavailable("the connection was cut before the answer was complete. Try again.");
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return unavailable("the network does not lead there. Check the connection and AWS_ENDPOINT_URL_S3.");
  }
  return name === "TimeoutError" ? timedOut : undefined;
}

function byStatus({ name, status, message }: CallFailure): Verdict | undefined {
  if (status === undefined) return undefined;
  if (status === 401 || status === 403) {
    return {
      code: "denied",
      retryable: false,
      reason: `access was refused (${name}). Check the credentials and what their policy allows; without s3:ListBucket, S3 answers so for an object that does not exist, too.`,
    };
  }
  if (status === 412) return verdicts.PreconditionFailed;
  if (status === 409) return conflict;
  if (status === 301 || status === 307) return wrongRegion;
  if (status === 501) return notImplemented;
  if (status === 429 || status >= 500) {
    return {
      code: "unavailable",
      retryable: true,
      reason: `the store answered ${status} (${name}), also when asked again. It is overloaded or down; try later.`,
    };
  }
  return {
    code: "invalid",
    retryable: false,
    reason: `the store refused the request: ${status} ${name}: ${message}`,
  };
}

const unknown = ({ name, message }: CallFailure): Verdict => ({
  code: "invalid",
  retryable: false,
  reason: `${name}: ${message} Check that AWS_ENDPOINT_URL_S3 is an S3 endpoint.`,
});
