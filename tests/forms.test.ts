import type { ActionFunctionArgs } from "@remix-run/node";
import { expect, test } from "vitest";
import { signIn } from "~/web/sign-in/operator-session.server";
import { contextOf, startTestConsole } from "./support/console";
import { routeModules } from "./support/route-modules";

/** Actions that look at no body, and why. */
const bodiless: Record<string, string> = {
  "auth.google": "What is asked for is in the address, so that nothing of a stranger's body is read.",
  logout: "It ends the session that its cookie names.",
};

type Action = (args: ActionFunctionArgs) => unknown;

const all = (
  await Promise.all(
    routeModules.map(async ({ route, file }) => {
      const { action }: { action?: Action } = await import(file);
      return action ? [{ route, action }] : [];
    }),
  )
).flat();
const reading = all.filter(({ route }) => !(route in bodiless));

/** For every address that names something. */
const params = { id: "1", group: "front_warm", file: "images.csv" };

const FORM = "application/x-www-form-urlencoded";

/** The action as the console serves it, for an admin; what it was called for is kept. */
async function open({ action }: { action: Action }) {
  const called: string[] = [];
  const counted = async (args: ActionFunctionArgs) => {
    called.push(args.request.method);
    const answer = await action({ ...args, params });
    return answer instanceof Response ? answer : Response.json(answer);
  };
  const { url, env, ports } = await startTestConsole({ routes: { "/page": { action: counted } } });
  const { id } = await ports.db.operator.create({
    data: { email: "mina@diffs.studio", name: "Mina Sato", role: "admin", createdAt: new Date() },
  });
  const cookie = (await signIn({ request: new Request(url), context: contextOf({ env, ports }) }, id)).split(";")[0];
  async function send(method: string, body?: string, type = FORM) {
    const headers = { Origin: url, Cookie: cookie ?? "", ...(body !== undefined && { "Content-Type": type }) };
    const response = await fetch(`${url}/page`, {
      method,
      headers,
      redirect: "manual",
      ...(body !== undefined && { body }),
    });
    return { status: response.status, to: response.headers.get("Location"), says: await response.text() };
  }
  return { send, called };
}

test("what is listed as looking at no body is there", () => {
  expect(all.map(({ route }) => route)).toEqual(expect.arrayContaining(Object.keys(bodiless)));
});

test.each(all)("$route acts for POST only, and for no more than 1 MiB", async (route) => {
  const { send, called } = await open(route);
  for (const method of ["PUT", "PATCH", "DELETE"]) {
    const says = `${method} is not supported here; use GET or POST.`;
    expect(await send(method, "a=1")).toEqual({ status: 405, to: null, says });
  }
  for (const method of ["GET", "HEAD"]) expect((await send(method)).status).toBeLessThan(500);
  expect(await send("POST", `a=${"x".repeat(1024 * 1024)}`)).toMatchObject({ status: 413 });
  expect(called).toEqual([]);
});

/** Names out of which a form library makes objects and lists: harmless only as long as none is given them. */
const unnamed = [
  "images[4000000000]=1",
  "attributes[4000000000].tone=on",
  `${"a.".repeat(20_000)}a=1`,
  `${"[0]".repeat(20_000)}=1`,
  "__proto__.isAdmin=1",
  "constructor.prototype=1",
  `__intent__=${encodeURIComponent('{"type":"update","payload":{"name":"images[4000000000]","value":"1"}}')}`,
  `__state__=${encodeURIComponent('{"key":{"a":"1"}}')}`,
];

test.each(reading)("$route reads the fields that its schema names, and no other", async (route) => {
  const { send, called } = await open(route);
  const empty = await send("POST", "");
  expect(empty.to).toBeNull();
  expect(empty.status).toBeLessThan(500);
  for (const field of unnamed) expect(await send("POST", field)).toEqual(empty);
  expect(called.length).toBe(1 + unnamed.length);
});

test.each(reading)("$route reads no body that is no form of ours", async (route) => {
  const { send } = await open(route);
  const tooMany = "The form has more fields than any page of the console sends.";
  expect(await send("POST", "a=1&".repeat(1_100))).toEqual({ status: 400, to: null, says: tooMany });
  const none = { status: 400, to: null, says: "The request carries no form." };
  expect(await send("POST", "{}", "application/json")).toEqual(none);
  expect(await send("POST", "--x\r\n\r\n--x--\r\n", "multipart/form-data; boundary=x")).toEqual(none);
});
