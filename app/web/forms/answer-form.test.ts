import type { ActionFunctionArgs } from "@remix-run/node";
import { expect, test } from "vitest";
import { z } from "zod";
import { DomainError } from "~/features/domain-error";
import { StorageError } from "~/ports/storage.server";
import { action as actOnSchedules } from "~/routes/_console.schedules/route";
import { readFlash } from "~/web/flash.server";
import { signIn } from "~/web/sign-in/operator-session.server";
import { contextOf, startTestConsole } from "../../../tests/support/console";
import { answerForm } from "./answer-form.server";

const at = new Date(1_700_000_000_000);
const schema = z.object({ word: z.string().min(1, "Give a word.") });
type Work = Parameters<typeof answerForm<typeof schema, Response>>[2];

/** A page whose form does `work`; what an operator's press leads to, and what the next page says. */
async function open(work: Work, { role = "operator", page = "/page" }: { role?: string; page?: string } = {}) {
  const action = (args: ActionFunctionArgs) =>
    answerForm(args, { role: "operator", schema, page: () => "/page?tab=2" }, work);
  const { url, env, ports } = await startTestConsole({
    routes: { "/page": { action }, "/schedules": { action: actOnSchedules } },
  });
  const { id } = await ports.db.operator.create({
    data: { email: "mina@diffs.studio", name: "Mina Sato", role, createdAt: at },
  });
  const context = contextOf({ env, ports });
  const cookie = (await signIn({ request: new Request(url), context }, id)).split(";")[0] ?? "";
  return async (fields: Record<string, string>) => {
    const response = await fetch(url + page, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Cookie: cookie, Origin: url },
      redirect: "manual",
    });
    const flashCookie = response.headers.getSetCookie().find((line) => line.includes("toast-flash"));
    const next = new Request(url, { headers: { Cookie: flashCookie?.split(";")[0] ?? "" } });
    const { flash } = await readFlash({ request: next, context });
    return { status: response.status, to: response.headers.get("Location"), flash };
  };
}

test("the work is told who acts and what the form says, and leads back with what was done", async () => {
  const send = await open(async ({ form, actor, back }) => back(`${actor.name} (${actor.id}) said ${form.word}.`));
  expect(await send({ word: "front" })).toEqual({
    status: 302,
    to: "/page?tab=2",
    flash: { tone: "good", text: "Mina Sato (operator:1) said front." },
  });
});

test.each([
  new DomainError("conflict", "Someone else was quicker."),
  new DomainError("not-found", "There is no run 7."),
  new StorageError("unavailable", "S3 did not answer.", true),
])("a refusal is said on the page: $message", async (error) => {
  const send = await open(() => Promise.reject(error));
  expect(await send({ word: "front" })).toEqual({
    status: 302,
    to: "/page?tab=2",
    flash: { tone: "bad", text: error.message },
  });
});

test("a sentence that is too long for a cookie arrives cut", async () => {
  const send = await open(() => Promise.reject(new DomainError("invalid", "🙂".repeat(2_000))));
  expect((await send({ word: "front" })).flash).toEqual({ tone: "bad", text: `${"🙂".repeat(499)}…` });
});

test("an error that is no refusal is none of the page's", async () => {
  const send = await open(() => Promise.reject(new Error("password=hunter2")));
  expect(await send({ word: "front" })).toEqual({ status: 500, to: null, flash: null });
});

test.each<[string, { role?: string }, Record<string, string>, number]>([
  ["a lower role", { role: "viewer" }, { word: "front" }, 403],
  ["a form that no page of ours sends", {}, { word: "" }, 400],
])("nothing is done for %s", async (_what, options, fields, status) => {
  const done: string[] = [];
  const send = await open(async ({ back }) => {
    done.push("worked");
    return back();
  }, options);
  expect(await send(fields)).toMatchObject({ status, flash: null });
  expect(done).toEqual([]);
});

test.each(["run", "enable", "acknowledge"])(
  "a schedule that there is none of is said on their page: %s",
  async (intent) => {
    const send = await open(({ back }) => back(), { page: "/schedules" });
    expect(await send({ id: "none", intent })).toMatchObject({
      status: 302,
      to: "/schedules",
      flash: { tone: "bad", text: expect.stringMatching(/no schedule/) },
    });
  },
);
