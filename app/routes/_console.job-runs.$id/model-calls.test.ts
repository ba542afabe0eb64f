import { expect, test } from "vitest";
import { startEmbedding } from "~/features/embeddings/start-embedding.server";
import * as page from "~/routes/_console.job-runs.$id/route";
import { signIn } from "~/web/sign-in/operator-session.server";
import { contextOf, startTestConsole } from "../../../tests/support/console";

const at = new Date();
const actor = { id: "operator:1", name: "Jun Park" };

/** A run that makes vectors, which a worker has planned and paused; and its page, as an operator sees it and sends forms. */
async function open() {
  const routes = {
    "/job-runs/:id": {
      action: page.action,
      loader: async (args: Parameters<typeof page.loader>[0]) => Response.json(await page.loader(args)),
    },
  };
  const { url, env, ports } = await startTestConsole({ routes });
  const { db } = ports;
  const operator = { email: "jun@diffs.studio", name: "Jun Park", role: "operator", createdAt: at };
  const { id } = await db.operator.create({ data: operator });
  const session = await signIn({ request: new Request(url), context: contextOf({ env, ports }) }, id);
  const Cookie = session.split(";")[0] ?? "";
  const { runId } = await startEmbedding(ports, { budgetUsd: 0.5, actor });
  await db.jobRun.update({ where: { id: runId }, data: { status: "paused", plannedAt: at, appliedAt: at } });
  const address = `${url}/job-runs/${runId}`;
  return {
    db,
    runId,
    read: async (): Promise<unknown> => (await fetch(address, { headers: { Cookie } })).json(),
    send: async (fields: Record<string, string>) => {
      const headers = { Cookie, Origin: url };
      const sent = await fetch(address, {
        method: "POST",
        headers,
        body: new URLSearchParams(fields),
        redirect: "manual",
      });
      return sent.status;
    },
  };
}

test("the page of a run says what it cost and may cost, and a larger budget lets it go on", async () => {
  const { db, runId, read, send } = await open();
  expect(await read()).toMatchObject({
    run: { status: "paused", title: "Embed all images" },
    embedRun: { model: "gemini-embedding-2", dimensions: 768, quoteUsd: null, budgetUsd: 0.5, spentUsd: 0 },
  });
  expect(await send({ intent: "raise-budget", budgetUsd: "0.75" })).toBe(302);
  expect(await read()).toMatchObject({ run: { status: "pending" }, embedRun: { budgetUsd: 0.75 } });
  expect(await db.auditEvent.findFirst({ where: { action: "run.raise-budget" } })).toMatchObject({
    actorName: "Jun Park",
    sentence: `Raised the budget of run ${runId} (Embed all images) from $0.50 to $0.75`,
  });
});

test.each(["0.5", "", "a lot"])("a budget of “%s” is refused, and the run stays as it is", async (budgetUsd) => {
  const { read, send } = await open();
  await send({ intent: "raise-budget", budgetUsd });
  expect(await read()).toMatchObject({ run: { status: "paused" }, embedRun: { budgetUsd: 0.5 } });
});
