import { existsSync } from "node:fs";
import { z } from "zod";
import { quote } from "~/quote";

const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((entry) => entry.trim().toLowerCase())
      .filter(Boolean),
  );
const emails = list.superRefine((entries, context) => {
  for (const entry of entries.filter((entry) => !z.email().safeParse(entry).success)) {
    context.addIssue(`${quote(entry)} is no email address; separate addresses such as mina@diffs.studio by commas`);
  }
});
const domains = list.superRefine((entries, context) => {
  for (const entry of entries.filter((entry) => !z.hostname().safeParse(entry).success || !entry.includes("."))) {
    context.addIssue(`${quote(entry)} is no domain; separate domains such as diffs.studio by commas`);
  }
});
/** What a program shows in its header Authorization. */
const bearerToken = z
  .string()
  .min(32, "must have at least 32 characters")
  .regex(/^[\w\-.~+/]+=*$/, "must be letters, digits and -._~+/ only, as a header carries it");
const flag = z.enum(["true", "false"]).transform((text) => text === "true");

const isLoopback = (host: string) => ["127.0.0.1", "localhost", "[::1]", "::1"].includes(host);

/** Exactly as an address has it once it is parsed, so that what is compared with it letter by letter can be equal. */
const testHosts = list.superRefine((entries, context) => {
  for (const entry of entries.filter((entry) => !isTestHost(entry))) {
    context.addIssue(`${quote(entry)} is no host and port of this machine, such as 127.0.0.1:9003`);
  }
});
function isTestHost(entry: string): boolean {
  const [, host = "", port = ""] = /^(.+):([1-9]\d{0,4})$/.exec(entry) ?? [];
  return ["127.0.0.1", "localhost", "[::1]"].includes(host) && Number(port) <= 65_535;
}

/**
 * Where browsers reach the console, as its bare origin. Google's callback and cookies are made from it, so anything
 * beyond the origin would be dropped in silence; it is refused instead.
 */
const publicUrl = z
  .url({ protocol: /^https?$/, error: "must be an address such as https://ops.example.com" })
  .transform((text, context) => {
    const url = new URL(text);
    const tooMuch = [
      ...(url.username || url.password ? ["a user name or password"] : []),
      ...(url.pathname === "/" ? [] : [`the path ${url.pathname}`]),
      ...(/[?#]/.test(text) ? ["a query or a fragment"] : []),
    ];
    if (tooMuch.length > 0) {
      const message = `has ${tooMuch.join(" and ")}, but the console needs a host of its own: set it to ${url.origin}`;
      context.addIssue({ code: "custom", message });
    }
    return url.origin;
  });

/**
 * What stands before the keys of the bucket in addresses that everyone can open, without a slash at the end. It may have a path:
 * Backblaze B2 serves `/file/BUCKET/KEY`.
 */
const assetBaseUrl = z
  .url({ protocol: /^https?$/, error: "must be an address such as https://images.example.com" })
  .transform((text, context) => {
    const url = new URL(text);
    if (url.username || url.password || /[?#]/.test(text)) {
      const message = "has a user name, a query or a fragment, but keys are put behind it: leave those out";
      context.addIssue({ code: "custom", message });
    }
    if (url.protocol !== "https:" && !isLoopback(url.hostname)) {
      const message = "must be https: it stands in pages of others. Only a server of this machine may be http";
      context.addIssue({ code: "custom", message });
    }
    return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
  });

/** Where alerts are sent. Its path is a secret (Slack's is), so no complaint repeats it. */
const webhookUrl = z.string().superRefine((text, context) => {
  if (!URL.canParse(text)) {
    context.addIssue("must be an address such as https://hooks.slack.com/services/…");
    return;
  }
  const { protocol, hostname, username, password } = new URL(text);
  if (username || password) {
    context.addIssue("has a user name or password, which no message carries: put a token into its path or query");
  }
  if (protocol !== "https:" && !(protocol === "http:" && isLoopback(hostname))) {
    context.addIssue(
      "must be https: alerts name what is wrong. Only a receiver on this machine (127.0.0.1) may be http",
    );
  }
});

/** As Standard Webhooks has it, so that a receiver's library takes it as it is. */
const webhookSecret = z.string().refine((text) => {
  const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const bytes = Buffer.from(base64 ?? "", "base64");
  return bytes.toString("base64") === base64 && bytes.length >= 24 && bytes.length <= 64;
}, "must be whsec_ and 24 to 64 bytes in base64, which this makes: echo whsec_$(openssl rand -base64 32)");

/** What stands in on a developer's machine: the local cloud of `npm run cloud`. */
const localDefaults = {
  DATABASE_URL: "file:.data/ops.db",
  S3_BUCKET: "diffs-local",
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local-secret",
  AWS_ENDPOINT_URL_S3: "http://127.0.0.1:9000",
  S3_FORCE_PATH_STYLE: "true",
  GEMINI_API_KEY: "local",
  GEMINI_BASE_URL: "http://127.0.0.1:9001",
  GOOGLE_CLIENT_ID: "diffs-ops",
  GOOGLE_CLIENT_SECRET: "local-secret",
  GOOGLE_ISSUER: "http://127.0.0.1:9002",
  ADMIN_EMAILS: "mina@diffs.studio",
  OPERATOR_EMAILS: "jun@diffs.studio",
  OPERATOR_DOMAINS: "diffs.studio",
  SESSION_SECRET: "a secret of the local machine only",
  REFERENCE_TOKEN: "a-reference-token-of-the-local-machine-only",
};

const schema = z.object({
  APP_ENVIRONMENT: z.enum(["local", "staging", "production"]),
  DATABASE_URL: z.string().regex(/^file:.+/, "must be file:PATH"),
  S3_BUCKET: z.string().min(3),
  AWS_REGION: z.string().min(1),
  /** Absent both: AWS's default chain finds the credentials (an instance profile, say). */
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  /** Goes with temporary credentials. */
  AWS_SESSION_TOKEN: z.string().optional(),
  AWS_ENDPOINT_URL_S3: z.url().optional(),
  S3_FORCE_PATH_STYLE: flag.default(false),
  GEMINI_API_KEY: z.string().min(1),
  GEMINI_BASE_URL: z.url().optional(),
  GEMINI_MODEL: z.string().min(1).default("gemini-3.5-flash-lite"),
  /** Models and prices that come before those of prices/models.json, in the same form. */
  MODELS_FILE: z.string().optional(),
  /** Stores and prices that come before those of prices/storage.json, in the same form. */
  STORAGE_PRICES_FILE: z.string().optional(),
  /** Dollars of model calls a month, beyond which an alert says so; nothing is stopped. */
  MONTHLY_BUDGET_USD: z.coerce.number().positive().optional(),
  GOOGLE_CLIENT_ID: z.string().min(1),
  GOOGLE_CLIENT_SECRET: z.string().min(1),
  GOOGLE_ISSUER: z
    .url()
    .refine((issuer) => !issuer.endsWith("/"), "must not end in “/”: an issuer is compared letter by letter")
    .default("https://accounts.google.com"),
  OPERATOR_EMAILS: emails,
  OPERATOR_DOMAINS: domains,
  ADMIN_EMAILS: emails,
  SESSION_SECRET: z.string().min(32, "must have at least 32 characters"),
  /** One more token for the API, beside those that the console makes. */
  REFERENCE_TOKEN: bearerToken.optional(),
  /** Where alerts are sent, and what signs them: both or neither. */
  ALERT_WEBHOOK_URL: webhookUrl.optional(),
  ALERT_WEBHOOK_SECRET: webhookSecret.optional(),
  /** Exact host:port pairs of this machine that images are read from although they are not public. */
  OUTSIDE_TEST_HOSTS: testHosts,
  PUBLIC_URL: publicUrl,
  /** A CDN before the bucket, for permanent addresses; absent: they lead to the console. */
  PUBLIC_ASSET_BASE_URL: assetBaseUrl.optional(),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  /** What Prometheus shows to be told numbers; absent: only this machine is told. */
  METRICS_TOKEN: bearerToken.optional(),
  /** Each process tells its own numbers at the first free port from here on; absent: none does. */
  METRICS_PORT: z.coerce.number().int().min(1).max(65_526).optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

export type Env = z.infer<typeof schema>;

/** What of the environment the domain itself goes by; no secret is among it. */
export type Settings = Pick<
  Env,
  "GOOGLE_ISSUER" | "MONTHLY_BUDGET_USD" | "PUBLIC_URL" | "PUBLIC_ASSET_BASE_URL" | "STORAGE_PRICES_FILE"
>;

/** Says everything that is wrong with the environment at once. */
export class EnvError extends Error {
  override name = "EnvError";
}

/**
 * Reads the environment (and `.env` beside package.json, which never overrides what is set).
 * Without APP_ENVIRONMENT it is a developer's machine: everything points to the local cloud, and only loopback is served.
 * @throws EnvError with one line for each thing that is wrong
 */
export function loadEnv(source: NodeJS.ProcessEnv = process.env): Env {
  if (source === process.env && existsSync(".env")) process.loadEnvFile(".env");
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const environment = given.APP_ENVIRONMENT ?? "local";
  const port = given.PORT ?? "3000";
  const defaults = environment === "local" ? { ...localDefaults, PUBLIC_URL: `http://127.0.0.1:${port}` } : {};
  const result = schema.safeParse({ APP_ENVIRONMENT: environment, ...defaults, ...given });
  const problems = result.success
    ? environmentProblems(result.data)
    : result.error.issues.map(
        (issue) => `${issue.path.join(".")}: ${given[String(issue.path[0])] ? issue.message : "is not set"}`,
      );
  if (!result.success || problems.length > 0) {
    throw new EnvError(`The environment is not usable (.env.example explains each):\n  ${problems.join("\n  ")}`);
  }
  return result.data;
}

/** Rules that hold between variables. */
function environmentProblems(env: Env): string[] {
  const problems: string[] = [];
  if (Boolean(env.AWS_ACCESS_KEY_ID) !== Boolean(env.AWS_SECRET_ACCESS_KEY)) {
    problems.push("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: set both or neither");
  }
  if (Boolean(env.ALERT_WEBHOOK_URL) !== Boolean(env.ALERT_WEBHOOK_SECRET)) {
    problems.push("ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET: set both or neither, for each message is signed");
  }
  // At the console's own origin, a file that someone put into the bucket could act as a page of the console.
  if (env.PUBLIC_ASSET_BASE_URL && new URL(env.PUBLIC_ASSET_BASE_URL).origin === env.PUBLIC_URL) {
    problems.push("PUBLIC_ASSET_BASE_URL: has the origin of PUBLIC_URL; give pictures a host of their own");
  }
  if (env.APP_ENVIRONMENT === "local") {
    if (!isLoopback(env.HOST)) problems.push(`HOST: ${env.HOST} is not loopback; set APP_ENVIRONMENT to serve others`);
    if (!isLoopback(new URL(env.PUBLIC_URL).hostname)) {
      problems.push("PUBLIC_URL: is not loopback; set APP_ENVIRONMENT to serve others");
    }
    return problems;
  }
  if (!env.PUBLIC_URL.startsWith("https://")) problems.push("PUBLIC_URL: must be https outside the local environment");
  if (env.GEMINI_BASE_URL) problems.push("GEMINI_BASE_URL: stands for the local cloud only; remove it");
  if (env.GOOGLE_ISSUER !== "https://accounts.google.com") {
    problems.push("GOOGLE_ISSUER: stands for the local cloud only; remove it");
  }
  if (env.PUBLIC_ASSET_BASE_URL?.startsWith("http:")) {
    problems.push("PUBLIC_ASSET_BASE_URL: must be https outside the local environment");
  }
  if (env.OUTSIDE_TEST_HOSTS.length > 0) {
    problems.push("OUTSIDE_TEST_HOSTS: stands for servers of development and tests only; remove it");
  }
  return problems;
}

/** The services for which a local one stands in, for the badge in the shell. */
export function localStandIns(env: Env): string[] {
  const isLocal = (url: string | undefined) => url !== undefined && isLoopback(new URL(url).hostname);
  return [
    ...(isLocal(env.AWS_ENDPOINT_URL_S3) ? ["S3"] : []),
    ...(isLocal(env.GEMINI_BASE_URL) ? ["Gemini"] : []),
    ...(isLocal(env.GOOGLE_ISSUER) ? ["Google"] : []),
  ];
}
