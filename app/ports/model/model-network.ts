/**
 * How a call ended that got no response. `unsent`: no connection came about, so nothing was asked or billed; `untrusted`:
 * none will, for the server's certificate is not trusted here; `lost`: it went out, and its end is not known.
 */
export type NetworkEnd = { kind: "unsent" | "untrusted" | "lost"; code: string | null };

/** What a system call failed at before there was a connection. */
const CONNECTING: ReadonlySet<string> = new Set(["connect", "getaddrinfo"]);
/** Of Node's TLS and of fetch, which name no system call. */
const UNSENT = /^(?:UND_ERR_CONNECT_TIMEOUT|ERR_TLS_HANDSHAKE_TIMEOUT|ERR_SSL_.*(?:VERSION|PROTOCOL|HANDSHAKE).*)$/;
/** X509_V_ERR_… without its beginning (nodejs.org/api/tls.html#x509-certificate-error-codes), and Node's own check of the name. */
const UNTRUSTED = /CERT|^CRL_|^UNABLE_TO_|^HOSTNAME_MISMATCH$|^INVALID_(?:CA|PURPOSE)$|^PATH_LENGTH_EXCEEDED$/;

/** Reads what fetch threw by the innermost of its causes, the one that Node's sockets gave. */
export function readNetworkEnd(error: unknown): NetworkEnd {
  const cause = innermost(error);
  const code = textOf(cause, "code");
  if (code !== null && UNTRUSTED.test(code)) return { kind: "untrusted", code };
  const isUnsent =
    CONNECTING.has(textOf(cause, "syscall") ?? "") ||
    UNSENT.test(code ?? "") ||
    // Each address of a host was tried, and none answered.
    cause instanceof AggregateError ||
    // An ECONNRESET as any other, but for its words.
    (cause instanceof Error && cause.message.includes("before secure TLS connection was established"));
  return { kind: isUnsent ? "unsent" : "lost", code };
}

function innermost(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? innermost(error.cause) : error;
}

function textOf(error: unknown, name: "code" | "syscall"): string | null {
  if (!(error instanceof Error) || !(name in error)) return null;
  const value: unknown = Reflect.get(error, name);
  return typeof value === "string" ? value : null;
}
