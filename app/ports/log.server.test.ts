import { expect, test } from "vitest";
import { loadEnv } from "./env.server";
import { createLog, secretsOf } from "./log.server";

const env = loadEnv({
  NODE_ENV: "test",
  GOOGLE_CLIENT_SECRET: 'GOCSPX-with"quote',
  GEMINI_API_KEY: "AIza-of-nobody",
  REFERENCE_TOKEN: "a-token-of-thirty-two-characters",
  ALERT_WEBHOOK_URL: "https://hooks.slack.com/services/T0/B0/of-a-channel",
  ALERT_WEBHOOK_SECRET: "whsec_dGhpcnR5LXR3byBieXRlcyBvZiBhIHRlc3QsIG9ubHk=",
});

/** The line that is written of it. */
function written(fields: object, message: string): string {
  const lines: string[] = [];
  createLog("info", { secrets: secretsOf(env), to: { write: (line) => lines.push(line) } }).info(fields, message);
  return lines.join("");
}

test.each<[what: string, fields: object, message: string, left: RegExp, gone: string]>([
  [
    "a key in an error's text",
    { err: new Error("AIza-of-nobody is refused") },
    "x",
    /\[removed\] is refused/,
    "AIza-of",
  ],
  ["a secret with a quote in it", { said: `it is ${env.GOOGLE_CLIENT_SECRET}` }, "x", /it is \[removed\]"/, "GOCSPX"],
  ["a token in the message", {}, "sent a-token-of-thirty-two-characters", /sent \[removed\]/, "thirty-two"],
  [
    "the path of the webhook",
    {},
    "POST /services/T0/B0/of-a-channel failed",
    /POST \[removed\] failed/,
    "of-a-channel",
  ],
  ["its address", {}, "asked https://hooks.slack.com/services/T0/B0/of-a-channel", /asked \[removed\]/, "T0"],
  ["any bearer", { sent: ["Authorization: Bearer abc.def-1=="] }, "x", /Bearer \[removed\]/, "abc.def"],
  [
    "a presigned link",
    { err: new Error("GET https://s3.example/b/k.png?X-Amz-Signature=f00&x=1 failed") },
    "x",
    /https:\/\/s3\.example\/b\/k\.png\?\[removed\] failed/,
    "f00",
  ],
  [
    "a password in an address",
    { to: "http://mina:hunter2@hooks.example/a" },
    "x",
    /http:\/\/\[removed\]@hooks/,
    "hunter2",
  ],
  ["a header by its name", { headers: { cookie: "session=1234" } }, "x", /"cookie":"\[removed\]"/, "1234"],
])("%s is not written", (_what, fields, message, left, gone) => {
  const line = written(fields, message);
  expect(line).toMatch(left);
  expect(line).not.toContain(gone);
  expect(() => JSON.parse(line)).not.toThrow();
});

test("what only looks alike stays", () => {
  const line = written({ key: "uploads/a?b=1.png", why: "local" }, "Was this asked? See https://ops.example/images");
  expect(JSON.parse(line)).toMatchObject({
    key: "uploads/a?b=1.png",
    why: "local",
    msg: "Was this asked? See https://ops.example/images",
  });
});
