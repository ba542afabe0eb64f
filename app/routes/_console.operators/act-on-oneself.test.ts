import type { ActionFunctionArgs } from "@remix-run/node";
import { expect, test } from "vitest";
import { loadEnv } from "~/ports/env.server";
import { createLog } from "~/ports/log.server";
import { systemMachine } from "~/ports/machine.server";
import { createModel } from "~/ports/model/model.server";
import { createOutside } from "~/ports/outside/outside.server";
import { createStorage } from "~/ports/storage.server";
import { findOperator, signIn } from "~/web/sign-in/operator-session.server";
import { contextOf } from "../../../tests/support/console";
import { openTestDb } from "../../../tests/support/db";
import { action } from "./route";

/** Mina and Jun are admins whom an admin added; Mina sends the form. */
async function open() {
  const env = loadEnv({ NODE_ENV: "test", PORT: "3000", LOG_LEVEL: "silent" });
  const db = await openTestDb();
  const ports = {
    ...{ db, storage: createStorage(env), model: createModel(env) },
    ...{
      clock: { now: () => new Date() },
      log: createLog("silent"),
      machine: systemMachine,
      settings: env,
      webhook: null,
      outside: createOutside(env),
    },
  };
  const context = contextOf({ env, ports });
  const url = "http://127.0.0.1:3000/operators";
  const admin = { role: "admin", letInBy: "admin", createdAt: new Date() };
  await db.operator.create({ data: { ...admin, email: "jun@diffs.studio", name: "Jun", sub: "jun" } });
  const { id } = await db.operator.create({
    data: { ...admin, email: "mina@diffs.studio", name: "Mina", sub: "mina" },
  });
  const cookie = (await signIn({ request: new Request(url), context }, id, "mina")).split(";")[0] ?? "";
  const headers = { Cookie: cookie };
  const send = async (fields: Record<string, string>) => {
    const body = new URLSearchParams({ operatorId: String(id), ...fields });
    const args: ActionFunctionArgs = {
      request: new Request(url, { method: "POST", headers, body }),
      params: {},
      context,
    };
    const answer = await action(args);
    return answer instanceof Response ? answer.headers.get("Location") : answer;
  };
  return { send, who: () => findOperator({ request: new Request(url, { headers }), context }) };
}

test.each(["remove", "release", "end-sessions"])(
  "%s of oneself leads to the sign-in page, signed out",
  async (intent) => {
    const { send, who } = await open();
    expect(await send({ intent })).toBe("/login");
    expect(await who()).toBeNull();
  },
);

test("who gives up being an admin is led to a page that they may see", async () => {
  const { send, who } = await open();
  expect(await send({ intent: "change-role", role: "viewer" })).toBe("/");
  expect(await who()).toMatchObject({ role: "viewer" });
});
