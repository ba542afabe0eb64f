import { z } from "zod";
import { testText } from "~/features/alert-webhook/alert-message";
import { describeError, isKnownError } from "~/features/known-error";
import type { Judgement } from "~/features/monitoring/check";
import { compareClocks, judgeClock } from "~/features/monitoring/checks/clock.server";
import { judgeModels } from "~/features/monitoring/checks/models.server";
import { loadModels } from "~/features/prices/load-models.server";
import { explainUnserved } from "~/features/prices/model-book";
import type { AbilityLine } from "~/features/storage/explain-abilities";
import type { Ports } from "~/ports/index.server";

type Outer = Omit<Ports, "db">;

const GOOGLE_WITHIN_MS = 10_000;
const never = new AbortController().signal;

/**
 * The services beside the bucket, and this machine's clock.
 * @param options.sendsTest whether the webhook is sent a message, which people will read
 */
export const checkServices = (ports: Outer, options: { sendsTest: boolean }): Promise<AbilityLine[]> =>
  Promise.all([checkGemini(ports), checkGoogle(ports), checkClock(ports), checkWebhook(ports, options)]);

/** Whether the key is taken, and whether the model of the environment is served: by Gemini's list and by its end date. */
async function checkGemini({ model, clock }: Outer): Promise<AbilityLine> {
  const tried = { name: "Gemini", tried: `List the models with GEMINI_API_KEY; look for ${model.name}` };
  try {
    const at = clock.now();
    const [listedByApi, book] = await Promise.all([model.list(never), loadModels(model)]);
    const unserved = explainUnserved(book, { model: model.name, at, listedByApi });
    if (unserved !== null) return bad(tried, unserved, "No label run is asked by it.", "Set GEMINI_MODEL to another.");
    const { ends, instead } = book.factsOf(model.name, at);
    const used = { model: model.name, ends: ends?.getTime() ?? null, instead };
    return lineOf(tried, judgeModels({ models: [used] }, at));
  } catch (error) {
    if (!isKnownError(error, "ModelError") && !isKnownError(error, "DomainError")) throw error;
    const todo = "Look at GEMINI_API_KEY, MODELS_FILE and the way to the Internet.";
    return bad(tried, error.message, "No image is labeled.", todo);
  }
}

const discovery = z.object({ issuer: z.string(), token_endpoint: z.url(), jwks_uri: z.url() });

/** Whether people could be sent to sign in. Client and secret are looked at by Google only when someone does. */
async function checkGoogle({ settings: { GOOGLE_ISSUER: issuer } }: Outer): Promise<AbilityLine> {
  const tried = { name: "Google", tried: `Read how to sign in at ${issuer}` };
  const means = "No one can sign in.";
  const todo = "Look at the way to the Internet from this machine: a firewall or proxy may block it.";
  try {
    const answer = await fetch(`${issuer}/.well-known/openid-configuration`, {
      redirect: "error",
      signal: AbortSignal.timeout(GOOGLE_WITHIN_MS),
    });
    const document = discovery.safeParse(await answer.json());
    return document.data?.issuer === issuer
      ? good(tried, "Answers as itself")
      : bad(tried, `Something else answers there, with status ${answer.status}`, means, todo);
  } catch (error) {
    return bad(tried, `Does not answer (${describeError(error).error})`, means, todo);
  }
}

async function checkClock(ports: Outer): Promise<AbilityLine> {
  const tried = { name: "Clock", tried: "Compare it with those of S3 and Google" };
  return compareClocks(ports, never).then(
    (reading) => lineOf(tried, judgeClock(reading)),
    (error: unknown) =>
      bad(tried, `Could not be compared: ${describeError(error).error}`, null, "See the lines above."),
  );
}

/** Whether alerts could be sent; a message is only sent where that was asked for. */
async function checkWebhook(
  { webhook, clock, settings }: Outer,
  { sendsTest }: { sendsTest: boolean },
): Promise<AbilityLine> {
  if (!webhook) {
    const none = { name: "Webhook", tried: "Look for ALERT_WEBHOOK_URL" };
    const todo = "Set ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET, or leave the option out.";
    return sendsTest
      ? bad(none, "None is set up", "There is nothing to send a test message to.", todo)
      : { ...good(none, "None is set up"), means: "Alerts are seen in the console only.", tone: "info" };
  }
  const { host } = webhook;
  const means = "Alerts are seen in the console only; they wait to be sent.";
  const todo = `Look at ALERT_WEBHOOK_URL, and at the way from this machine to ${host}.`;
  if (!sendsTest) {
    const tried = { name: "Webhook", tried: `Open a connection to ${host}; --send-test-message sends one` };
    const problem = await webhook.reach();
    return problem === null ? good(tried, "Answers") : bad(tried, problem, means, todo);
  }
  const tried = { name: "Webhook", tried: `Send a test message to ${host}` };
  const at = clock.now();
  const message = { id: `test-${at.getTime()}`, text: testText(settings.PUBLIC_URL) };
  const delivery = await webhook.send(message, { at, signal: never });
  return delivery.isDelivered
    ? good(tried, "Was taken: look whether it is there")
    : bad(tried, delivery.problem, means, todo);
}

type Tried = Pick<AbilityLine, "name" | "tried">;

/** What is worth a look has its advice in its sentence; only what is wrong must be mended. */
export const lineOf = (tried: Tried, { level, sentence }: Judgement): AbilityLine =>
  level === "bad"
    ? bad(tried, sentence, null, "Follow the sentence above, then run this again.")
    : { ...tried, does: sentence, means: null, todo: null, tone: level === "warn" ? "warn" : "good" };

export const good = (tried: Tried, does: string): AbilityLine => ({
  ...tried,
  ...{ does, means: null, todo: null, tone: "good" },
});

export const bad = (tried: Tried, does: string, means: string | null, todo: string): AbilityLine => ({
  ...tried,
  ...{ does, means, todo, tone: "bad" },
});
