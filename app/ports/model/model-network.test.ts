import { createServer as createTcpServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { failureOf } from "./model-errors.server";
import { readNetworkEnd } from "./model-network";

/** What fetch throws, wrapped as the SDK does. */
function thrown(cause: Error) {
  const fetchFailed = new TypeError("fetch failed", { cause });
  return new Error(`exception ${fetchFailed} sending request`, { cause: fetchFailed });
}
const nodeError = (more: { code: string; syscall?: string; message?: string }) =>
  Object.assign(new Error(more.message ?? more.code), more);
const context = { model: "gemini-2.5-flash", timeoutMs: 60_000, isStopped: false };

describe("a connection that never came about is not billed", () => {
  test.each([
    ["nobody listens", nodeError({ code: "ECONNREFUSED", syscall: "connect" })],
    ["a firewall that drops packets", nodeError({ code: "ETIMEDOUT", syscall: "connect" })],
    ["no way there", nodeError({ code: "ENETUNREACH", syscall: "connect" })],
    ["no such host", nodeError({ code: "ENOTFOUND", syscall: "getaddrinfo" })],
    ["no name server", nodeError({ code: "EAI_AGAIN", syscall: "getaddrinfo" })],
    ["fetch's own limit", nodeError({ code: "UND_ERR_CONNECT_TIMEOUT" })],
    ["a handshake that hangs", nodeError({ code: "ERR_TLS_HANDSHAKE_TIMEOUT" })],
    ["a server without TLS", nodeError({ code: "ERR_SSL_WRONG_VERSION_NUMBER" })],
    [
      "reset within the handshake",
      nodeError({
        code: "ECONNRESET",
        message: "Client network socket disconnected before secure TLS connection was established",
      }),
    ],
    [
      "all addresses of a host",
      Object.assign(
        new AggregateError([
          nodeError({ code: "ETIMEDOUT", syscall: "connect" }),
          nodeError({ code: "ENETUNREACH", syscall: "connect" }),
        ]),
        { code: "ETIMEDOUT" },
      ),
    ],
  ])("%s", (_, cause) => {
    expect(failureOf(thrown(cause), context)).toEqual({
      kind: "unavailable",
      reason: `Gemini could not be reached (${Reflect.get(cause, "code")}).`,
    });
  });
});

test.each([
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "ERR_TLS_CERT_ALTNAME_INVALID",
])("a certificate that is not trusted stops the run, and says what to do: %s", (code) => {
  expect(failureOf(thrown(nodeError({ code })), context)).toEqual({
    kind: "denied",
    why: "access",
    reason: `The certificate of Gemini’s server is not trusted here (${code}). Check this machine’s clock; where a proxy opens TLS, name its certificate in NODE_EXTRA_CA_CERTS and restart. Then resume.`,
  });
});

test.each([
  ["reset after the request", nodeError({ code: "ECONNRESET", syscall: "read" })],
  ["timed out while reading", nodeError({ code: "ETIMEDOUT", syscall: "read" })],
  ["closed by the other side", nodeError({ code: "UND_ERR_SOCKET" })],
  ["a broken record", nodeError({ code: "ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC" })],
  ["without a code", new Error("bad port")],
])("a call that went out may have been billed: %s", (_, cause) => {
  expect(failureOf(thrown(cause), context)).toMatchObject({ kind: "failed", retryable: true, perhapsBilled: true });
});

test("reads what fetch really throws where a server answers TLS with something else", async () => {
  const server = createTcpServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const error = await fetch(`https://127.0.0.1:${address.port}/`).catch((reason: unknown) => reason);
  expect(readNetworkEnd(error)).toMatchObject({ kind: "unsent" });
});
