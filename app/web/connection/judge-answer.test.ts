import { expect, test } from "vitest";
import { judgeAnswer, judgeSent, retryDelay } from "./judge-answer";

const ours = { "X-Remix-Response": "yes", "X-Console-Build": "b1" };
const answer = (status: number, headers: Record<string, string>, body = "") => new Response(body, { status, headers });

test.each([
  ["data", answer(200, ours), null],
  ["a redirect, which the router follows", answer(202, { ...ours, Location: "/job-runs/7" }), null],
  ["a refusal, which its page words", answer(404, ours), null],
  ["an error of ours", answer(500, ours), "failing"],
  ["a service that does not answer", answer(503, ours), "failing"],
  ["a proxy without a server behind it", answer(502, { "Content-Type": "text/html" }), "unreachable"],
  ["a server that is not ours, and content", answer(200, { "Content-Type": "text/html" }), "unreachable"],
  ["too many requests, as a proxy says it", answer(429, {}), "unreachable"],
  ["no session", answer(202, { ...ours, "X-Signed-Out": "yes" }), "signed-out"],
  [
    "no session at another build",
    answer(202, { ...ours, "X-Signed-Out": "yes", "X-Console-Build": "b2" }),
    "signed-out",
  ],
  ["another build", answer(200, { ...ours, "X-Console-Build": "b2" }), "updated"],
  ["a server that says no build", answer(200, { "X-Remix-Response": "yes" }), null],
])("to a read: %s", (_what, response, trouble) => {
  expect(judgeAnswer(response, "b1")).toBe(trouble);
});

const text = { "Content-Type": "text/plain; charset=utf-8" };

test.each([
  ["that was done", answer(202, ours), null],
  ["that was refused in words", answer(400, ours), null],
  [
    "without an answer",
    null,
    /^The server did not answer, so this may not have been done\. What you typed is still here/,
  ],
  [
    "to a proxy without a server behind it",
    answer(502, { "Content-Type": "text/html" }, "<h1>"),
    /^The server did not/,
  ],
  ["that failed", answer(500, ours), /^The server had a problem, so this may not have been done\. What you typed/],
  [
    "without a session",
    answer(202, { ...ours, "X-Signed-Out": "yes" }),
    /^This was not done, because your session has/,
  ],
  [
    "that the edge refused",
    answer(413, text, "The request is larger than 1 MiB."),
    /^This was not done\. The request is/,
  ],
])("to a form %s", async (_what, response, complaint) => {
  const said = await judgeSent(response);
  if (complaint === null) expect(said).toBeNull();
  else expect(said).toMatch(complaint);
});

test("waits 1 s, then twice as long each time, and never longer than 15 s", () => {
  expect([1, 2, 3, 4, 5, 50].map((failures) => retryDelay(failures, 0.5))).toEqual([
    1_000, 2_000, 4_000, 8_000, 12_000, 12_000,
  ]);
  expect([retryDelay(1, 0), retryDelay(1, 1), retryDelay(50, 1)]).toEqual([750, 1_250, 15_000]);
});
