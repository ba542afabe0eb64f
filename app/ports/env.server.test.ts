import { expect, test } from "vitest";
import { productionEnv } from "../../tests/support/production-env";
import { EnvError, loadEnv } from "./env.server";

const production = { ...productionEnv, NODE_ENV: "test" } as const;

test("the image agent's token has a default on a developer's machine only", () => {
  expect(loadEnv({ NODE_ENV: "test" }).REFERENCE_TOKEN).toMatch(/^[\w-]{32,}$/);
  expect(loadEnv(production).REFERENCE_TOKEN).toBeUndefined();
  expect(loadEnv({ ...production, REFERENCE_TOKEN: "" }).REFERENCE_TOKEN).toBeUndefined();
});

test.each([
  ["short", "REFERENCE_TOKEN: must have at least 32 characters"],
  ["thirty-two characters with spaces in", "REFERENCE_TOKEN: must be letters, digits and -._~+/ only"],
])("a token that could not do is refused at start: %s", (token, problem) => {
  const load = () => loadEnv({ ...production, REFERENCE_TOKEN: token });
  expect(load).toThrow(EnvError);
  expect(load).toThrow(problem);
});

test.each([
  ["https://ops.diffs.studio", "https://ops.diffs.studio"],
  ["https://ops.diffs.studio/", "https://ops.diffs.studio"],
  ["HTTPS://Ops.Diffs.Studio:443/", "https://ops.diffs.studio"],
  ["https://ops.diffs.studio:8443/", "https://ops.diffs.studio:8443"],
])("the public address %s is the origin %s", (address, origin) => {
  expect(loadEnv({ ...production, PUBLIC_URL: address }).PUBLIC_URL).toBe(origin);
});

test.each([
  [
    "https://diffs.studio/ops",
    "has the path /ops, but the console needs a host of its own: set it to https://diffs.studio",
  ],
  ["https://diffs.studio/ops/", "has the path /ops/, but"],
  ["https://ops.diffs.studio?from=mail", "has a query or a fragment, but"],
  ["https://ops.diffs.studio/?", "has a query or a fragment, but"],
  ["https://ops.diffs.studio/#top", "has a query or a fragment, but"],
  ["https://mina:secret@ops.diffs.studio", "has a user name or password, but"],
  ["https://mina@diffs.studio/ops?a=b", "has a user name or password and the path /ops and a query or a fragment, but"],
  ["ops.diffs.studio", "must be an address such as https://ops.example.com"],
  ["ftp://ops.diffs.studio", "must be an address such as https://ops.example.com"],
  ["http://ops.diffs.studio", "must be https outside the local environment"],
])("the public address %s is refused at start", (address, problem) => {
  const load = () => loadEnv({ ...production, PUBLIC_URL: address });
  expect(load).toThrow(EnvError);
  expect(load).toThrow(`PUBLIC_URL: ${problem}`);
  expect(load).not.toThrow("secret");
});

test("a developer's machine may be reached by http, on loopback only", () => {
  expect(loadEnv({ NODE_ENV: "test", PUBLIC_URL: "http://localhost:3000/" }).PUBLIC_URL).toBe("http://localhost:3000");
  const load = () => loadEnv({ NODE_ENV: "test", PUBLIC_URL: "http://192.168.0.7:3000" });
  expect(load).toThrow("PUBLIC_URL: is not loopback; set APP_ENVIRONMENT to serve others");
});

test.each([
  ["OPERATOR_EMAILS", "Mina Sato", "“mina sato” is no email address"],
  ["ADMIN_EMAILS", "jun@diffs.studio, Mina <mina@diffs.studio>", "“mina <mina@diffs.studio>” is no email address"],
  ["ADMIN_EMAILS", "jun@diffs.studio;mina@diffs.studio", "“jun@diffs.studio;mina@diffs.studio” is no email address"],
  ["OPERATOR_DOMAINS", "@diffs.studio", "“@diffs.studio” is no domain"],
  ["OPERATOR_DOMAINS", "https://diffs.studio", "“https://diffs.studio” is no domain"],
  ["OPERATOR_DOMAINS", "studio", "“studio” is no domain"],
  ["GOOGLE_ISSUER", "https://accounts.google.com/", "must not end in “/”"],
])("%s=%s would let in someone else than is meant, or no one, and is refused at start", (name, value, problem) => {
  const load = () => loadEnv({ ...production, [name]: value });
  expect(load).toThrow(EnvError);
  expect(load).toThrow(`${name}: ${problem}`);
});

test("lists are read without spaces, in small letters", () => {
  const lists = {
    ADMIN_EMAILS: " Mina@Diffs.studio ,, jun@diffs.studio",
    OPERATOR_DOMAINS: "Diffs.studio,example.com",
  };
  expect(loadEnv({ ...production, ...lists })).toMatchObject({
    ADMIN_EMAILS: ["mina@diffs.studio", "jun@diffs.studio"],
    OPERATOR_DOMAINS: ["diffs.studio", "example.com"],
  });
});

const webhook = {
  ALERT_WEBHOOK_URL: "https://hooks.slack.com/services/T0/B0/keep-this",
  ALERT_WEBHOOK_SECRET: `whsec_${"dGhpcnR5LXR3byBieXRlcyBvZiBhIHRlc3QsIG9ubHk="}`,
};

test.each([
  ["both", webhook],
  ["a receiver on this machine", { ...webhook, ALERT_WEBHOOK_URL: "http://127.0.0.1:8080/alerts" }],
  [
    "a receiver of one's own network",
    { ...webhook, ALERT_WEBHOOK_URL: "https://10.0.0.7:8443/alerts?token=keep-this" },
  ],
  ["neither", {}],
])("a webhook may be %s", (_what, given) => {
  expect(loadEnv({ ...production, ...given })).toMatchObject(given);
});

test.each([
  [{ ALERT_WEBHOOK_SECRET: "" }, "ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET: set both or neither"],
  [{ ALERT_WEBHOOK_URL: "" }, "ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET: set both or neither"],
  [{ ALERT_WEBHOOK_URL: "http://hooks.example/keep-this" }, "ALERT_WEBHOOK_URL: must be https"],
  [{ ALERT_WEBHOOK_URL: "ftp://hooks.example/keep-this" }, "ALERT_WEBHOOK_URL: must be https"],
  [{ ALERT_WEBHOOK_URL: "hooks.example/keep-this" }, "ALERT_WEBHOOK_URL: must be an address such as https://"],
  [{ ALERT_WEBHOOK_URL: "https://mina:keep-this@hooks.example/" }, "ALERT_WEBHOOK_URL: has a user name or password"],
  [{ ALERT_WEBHOOK_SECRET: "keep-this" }, "ALERT_WEBHOOK_SECRET: must be whsec_ and 24 to 64 bytes in base64"],
  [{ ALERT_WEBHOOK_SECRET: "whsec_dG9vIHNob3J0" }, "ALERT_WEBHOOK_SECRET: must be whsec_ and 24 to 64 bytes in base64"],
  [
    { ALERT_WEBHOOK_SECRET: `whsec_${"thirty-two bytes that are no base64"}` },
    "ALERT_WEBHOOK_SECRET: must be whsec_ and 24 to 64 bytes in base64",
  ],
])("a webhook %j is refused at start, and not repeated", (given, problem) => {
  const load = () => loadEnv({ ...production, ...webhook, ...given });
  expect(load).toThrow(EnvError);
  expect(load).toThrow(problem);
  expect(load).not.toThrow("keep-this");
});

test.each([
  ["", []],
  ["127.0.0.1:9003", ["127.0.0.1:9003"]],
  [" LocalHost:80 , [::1]:65535,", ["localhost:80", "[::1]:65535"]],
])("on a developer's machine images may be read from its own servers: %j", (hosts, expected) => {
  expect(loadEnv({ NODE_ENV: "test", OUTSIDE_TEST_HOSTS: hosts }).OUTSIDE_TEST_HOSTS).toEqual(expected);
});

test.each([
  "127.0.0.1",
  "127.0.0.1:",
  "127.0.0.1:0",
  "127.0.0.1:65536",
  "127.0.0.1:*",
  "127.1:9003",
  "*:9003",
  "http://127.0.0.1:9003",
  "127.0.0.1:9003/images",
  "mina@127.0.0.1:9003",
  "::1:9003",
  "10.0.0.7:9003",
  "169.254.169.254:80",
  "files.internal:9003",
])("%j is no server of this machine to read images from, and refused at start", (host) => {
  const load = () => loadEnv({ NODE_ENV: "test", OUTSIDE_TEST_HOSTS: `127.0.0.1:9003,${host}` });
  expect(load).toThrow(EnvError);
  expect(load).toThrow(`OUTSIDE_TEST_HOSTS: “${host}” is no host and port of this machine, such as 127.0.0.1:9003`);
});

test("elsewhere images are read from public addresses alone", () => {
  const load = () => loadEnv({ ...production, OUTSIDE_TEST_HOSTS: "127.0.0.1:9003" });
  expect(load).toThrow("OUTSIDE_TEST_HOSTS: stands for servers of development and tests only; remove it");
  expect(loadEnv(production).OUTSIDE_TEST_HOSTS).toEqual([]);
});

test.each([
  ["https://images.example.com", "https://images.example.com"],
  ["https://images.example.com/", "https://images.example.com"],
  ["https://images.example.com/file/studio//", "https://images.example.com/file/studio"],
])("a CDN at %j stands before keys as %j", (given, expected) => {
  expect(loadEnv({ ...production, PUBLIC_ASSET_BASE_URL: given }).PUBLIC_ASSET_BASE_URL).toBe(expected);
});

test("on a developer's machine a server of its own stands in for the CDN, and there may be none anywhere", () => {
  const local = loadEnv({ NODE_ENV: "test", PUBLIC_ASSET_BASE_URL: "http://127.0.0.1:9004/images" });
  expect(local.PUBLIC_ASSET_BASE_URL).toBe("http://127.0.0.1:9004/images");
  expect(loadEnv({ ...production, PUBLIC_ASSET_BASE_URL: "" }).PUBLIC_ASSET_BASE_URL).toBeUndefined();
});

test.each([
  ["images.example.com", "must be an address such as https://images.example.com"],
  ["s3://studio", "must be an address such as https://images.example.com"],
  ["http://images.example.com", "must be https"],
  ["http://127.0.0.1:9004", "must be https outside the local environment"],
  ["https://mina:secret@images.example.com", "has a user name, a query or a fragment"],
  ["https://images.example.com?v=1", "has a user name, a query or a fragment"],
  ["https://OPS.diffs.studio:443/images", "has the origin of PUBLIC_URL"],
  ["https://images.example.com/#top", "has a user name, a query or a fragment"],
])("%j is no CDN, and refused at start", (given, problem) => {
  const load = () => loadEnv({ ...production, PUBLIC_ASSET_BASE_URL: given });
  expect(load).toThrow(EnvError);
  expect(load).toThrow(`PUBLIC_ASSET_BASE_URL: ${problem}`);
});
