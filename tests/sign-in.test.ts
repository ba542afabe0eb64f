import { describe, expect, onTestFinished, test } from "vitest";
import { allowListsOf } from "~/features/operators/allow-lists-of.server";
import { removeOperator } from "~/features/operators/remove-operator.server";
import * as begin from "~/routes/auth.google/route";
import * as callback from "~/routes/auth.google_.callback/route";
import * as login from "~/routes/login/route";
import * as logout from "~/routes/logout/route";
import { edgeCookie } from "~/web/cookies.server";
import { startServer } from "~/web/server/http-server.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { openBrowser } from "../scripts/dev/browser/http-browser";
import { startTestConsole } from "./support/console";
import { startTestGoogle } from "./support/google";

const mina = "mina@diffs.studio";
const jun = "jun@diffs.studio";
const sofia = "sofia@diffs.studio";
const actor = { id: "script:test", name: "Test" };

type Args = Parameters<typeof login.loader>[0];

/** What every loader and action of the console begins with. */
const guarded = (role: "viewer" | "operator" | "admin") => {
  const answer = async ({ request, context }: Args) => Response.json(await requireOperator({ request, context }, role));
  return { loader: answer, action: answer };
};

/** What the sign-in page is drawn from. */
const loginPage = {
  async loader(args: Args) {
    const { data, init } = await login.loader(args);
    return Response.json(data, init ?? {});
  },
};

/** A console and a local Google that share one clock, and a browser. */
async function open(options: { env?: Record<string, string>; now?: () => Date } = {}) {
  const now = options.now ?? (() => new Date());
  const google = await startTestGoogle({ now });
  const console = await startTestConsole({
    now,
    env: { GOOGLE_ISSUER: google.url, ...options.env },
    routes: {
      "/login": loginPage,
      "/logout": logout,
      "/auth/google": begin,
      "/auth/google/callback": callback,
      "/view": guarded("viewer"),
      "/operate": guarded("operator"),
      "/administer": guarded("admin"),
    },
  });
  return { ...console, google, browser: openBrowser(), ...stepsOf(console.url) };
}

function stepsOf(url: string) {
  type Browser = ReturnType<typeof openBrowser>;

  /** Presses the button; the address at Google. */
  async function press(browser: Browser, returnTo = "") {
    const response = await browser.post(`${url}/auth/google${returnTo && `?${new URLSearchParams({ returnTo })}`}`);
    expect(response.status).toBe(302);
    return new URL(response.headers.get("Location") ?? "");
  }
  /** Chooses an account there; the address that Google leads back to. */
  async function choose(authorize: URL, account: string) {
    const chosen = new URL(authorize);
    chosen.searchParams.set("account", account);
    const response = await fetch(chosen, { redirect: "manual" });
    return response.headers.get("Location") ?? "";
  }
  /** All of it; where the browser ends. */
  async function signIn(browser: Browser, account: string, returnTo = "") {
    const response = await browser.get(await choose(await press(browser, returnTo), account));
    return response.headers.get("Location");
  }
  /** The sentence of the sign-in page. */
  async function sentence(browser: Browser) {
    const page: unknown = await (await browser.get(`${url}/login?refused`)).json();
    return page;
  }
  return { press, choose, signIn, sentence };
}

const refusal = (text: unknown) => expect.objectContaining({ flash: { tone: "bad", text } });

describe("signing in", () => {
  test("makes an operator of an email address on a list, once, and leads back", async () => {
    const { url, browser, signIn, ports } = await open();
    expect(await signIn(browser, mina, "/images?page=2")).toBe("/images?page=2");
    expect(await (await browser.get(`${url}/view`)).json()).toMatchObject({
      email: mina,
      name: "Mina Sato",
      role: "admin",
    });

    await signIn(openBrowser(), mina);
    expect(await ports.db.operator.count()).toBe(1);
    expect([...browser.cookies.keys()]).toEqual(["diffs-session"]);
  });

  test("keeps the token out of the database and of scripts' reach", async () => {
    const { browser, press, choose, ports } = await open();
    const response = await browser.get(await choose(await press(browser), mina));
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith("diffs-session="));
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
    const token: unknown = JSON.parse(atob(decodeURIComponent(browser.cookies.get("diffs-session") ?? "")));
    const sessions = await ports.db.session.findMany();
    expect(sessions).toHaveLength(1);
    expect(sessions[0]?.id).not.toBe(token);
  });

  test("the table rules after the first time: a changed role stays, a removed operator stays out", async () => {
    const { browser, signIn, sentence, ports, url, env } = await open();
    await signIn(browser, mina);
    const { id } = await ports.db.operator.findFirstOrThrow({ where: { email: mina } });
    await ports.db.operator.update({ where: { id }, data: { role: "viewer" } });
    await signIn(browser, mina);
    expect((await browser.get(`${url}/administer`)).status).toBe(403);

    await removeOperator(ports, allowListsOf(env), { operatorId: id, actor });
    expect(await signIn(browser, mina)).toBe("/login?refused");
    expect(await sentence(browser)).toEqual(refusal(expect.stringContaining("was removed from the operators")));
  });

  test.each(["https://evil.example/", "//evil.example", "/\\evil.example", "/.//evil.example"])(
    "never leads to %s",
    async (returnTo) => {
      const { browser, signIn } = await open();
      expect(await signIn(browser, mina, returnTo)).toBe("/");
    },
  );

  test("asks Google with state, nonce and PKCE, each new", async () => {
    const { browser, press, google } = await open();
    const one = await press(browser);
    const two = await press(browser);
    expect(one.origin).toBe(google.url);
    expect(one.searchParams.get("code_challenge_method")).toBe("S256");
    for (const name of ["state", "nonce", "code_challenge"]) {
      expect(one.searchParams.get(name)).toMatch(/^[\w-]{36,43}$/);
      expect(one.searchParams.get(name)).not.toBe(two.searchParams.get(name));
    }
  });
});

describe("the clock", () => {
  // A fixed one: a second that ends between signing and verifying would move the border.
  const now = () => new Date("2026-11-20T10:00:00.500Z");

  test.each([0, 9, 10, -9, -3_000])("an ID token issued %i s ahead is accepted", async (iatSkewSeconds) => {
    const { browser, signIn, google } = await open({ now });
    google.setKnobs({ iatSkewSeconds });
    expect(await signIn(browser, mina)).toBe("/");
  });

  test.each([
    [11, "This server's clock is 11 seconds behind Google's; check NTP on the server, then sign in again."],
    [3_600, "This server's clock is 3,600 seconds behind Google's; check NTP on the server, then sign in again."],
    [-3_611, "This server's clock is 3,611 seconds ahead of Google's; check NTP on the server, then sign in again."],
  ])("one issued %i s ahead is refused with the clock's name", async (iatSkewSeconds, text) => {
    const { browser, signIn, sentence, google, ports } = await open({ now });
    google.setKnobs({ iatSkewSeconds });
    expect(await signIn(browser, mina)).toBe("/login?refused");
    expect(await sentence(browser)).toEqual(refusal(text));
    expect(await ports.db.session.count()).toBe(0);
  });
});

describe("refused, with a sentence, without a session", () => {
  test.each([
    ["an address on no list", "alex@elsewhere.example", {}, "alex@elsewhere.example is not on the list of operators"],
    ["an unverified address", "pat@diffs.studio", {}, "Google has not verified that pat@diffs.studio is yours"],
    ["an admin's address, unverified", mina, { unverified: true }, "Google has not verified that mina@diffs.studio"],
    ["a token for another client", mina, { wrongAudience: true }, "issued this sign-in for another application"],
    ["a token with another nonce", mina, { wrongNonce: true }, "does not belong to this browser's sign-in"],
    ["a token of an unknown key", mina, { unknownKey: true }, "could not be verified"],
    ["a Google that is down", mina, { down: true }, "could not be reached"],
  ])("%s", async (_what, account, knobs, text) => {
    const { browser, signIn, sentence, google, ports } = await open();
    google.setKnobs(knobs);
    expect(await signIn(browser, account)).toBe("/login?refused");
    expect(await sentence(browser)).toEqual(refusal(expect.stringContaining(text)));
    expect(await ports.db.session.count()).toBe(0);
    expect(await ports.db.operator.count()).toBe(0);
  });

  test("the way back is kept for the next try", async () => {
    const { browser, signIn } = await open();
    expect(await signIn(browser, "alex@elsewhere.example", "/images?page=2")).toBe(
      "/login?refused&returnTo=%2Fimages%3Fpage%3D2",
    );
  });

  test("a client secret that Google does not know", async () => {
    const { browser, signIn, sentence } = await open({ env: { GOOGLE_CLIENT_SECRET: "another" } });
    await signIn(browser, mina);
    expect(await sentence(browser)).toEqual(refusal(expect.stringContaining("Check GOOGLE_CLIENT_ID")));
  });

  test("a Google that cannot be reached at all", async () => {
    const { browser, sentence, url } = await open({ env: { GOOGLE_ISSUER: "http://127.0.0.1:9" } });
    const response = await browser.post(`${url}/auth/google`);
    expect(response.headers.get("Location")).toBe("/login?refused");
    expect(await sentence(browser)).toEqual(refusal(expect.stringContaining("could not be reached")));
  });

  test("consent that was not given", async () => {
    const { browser, press, sentence, url } = await open();
    const state = (await press(browser)).searchParams.get("state");
    await browser.get(`${url}/auth/google/callback?error=access_denied&state=${state}`);
    expect(browser.cookies.has("diffs-sign-in-attempt")).toBe(false);
    expect(await sentence(browser)).toEqual(refusal("You canceled the sign-in at Google."));
  });
});

describe("a state", () => {
  const usedOrForeign = refusal(expect.stringContaining("used already"));

  test("counts once, even with its cookies kept and a new code", async () => {
    const { browser, press, choose, sentence, ports } = await open();
    const authorize = await press(browser);
    const kept = new Map(browser.cookies);
    await browser.get(await choose(authorize, mina));
    expect(await ports.db.session.count()).toBe(1);

    const thief = openBrowser();
    for (const [name, value] of kept) thief.cookies.set(name, value);
    const response = await thief.get(await choose(authorize, mina));
    expect(response.headers.get("Location")).toBe("/login?refused");
    expect(await sentence(thief)).toEqual(usedOrForeign);
    expect(await ports.db.session.count()).toBe(1);
  });

  test("of a callback that is opened again is refused", async () => {
    const { browser, press, choose } = await open();
    const address = await choose(await press(browser), mina);
    await browser.get(address);
    expect((await browser.get(address)).headers.get("Location")).toBe("/login?refused");
  });

  test("of another browser is refused: nobody signs a stranger in as themselves", async () => {
    const { browser, press, choose, sentence } = await open();
    const victim = openBrowser();
    await press(victim);
    await victim.get(await choose(await press(browser), mina));
    expect(await sentence(victim)).toEqual(usedOrForeign);
  });

  test("is refused after ten minutes", async () => {
    let minutes = 0;
    const now = () => new Date(Date.parse("2026-11-20T10:00:00Z") + minutes * 60_000);
    const { browser, press, choose, sentence } = await open({ now });
    const authorize = await press(browser);
    minutes = 11;
    await browser.get(await choose(authorize, mina));
    expect(await sentence(browser)).toEqual(usedOrForeign);
  });

  test("that is missing, or a cookie that was forged, is refused", async () => {
    const { browser, press, choose, url } = await open();
    const address = await choose(await press(browser), mina);
    for (const [name, value] of browser.cookies) browser.cookies.set(name, `${value.slice(0, -3)}abc`);
    expect((await browser.get(address)).headers.get("Location")).toBe("/login?refused");
    const bare = await openBrowser().get(`${url}/auth/google/callback?code=1`);
    expect(bare.headers.get("Location")).toBe("/login?refused");
  });
});

test("what the browser keeps for us it cannot write itself, nor use for something else", async () => {
  const { browser, sentence, env } = await open();
  browser.cookies.set("diffs-sign-in-flash", encodeURIComponent(btoa('{"tone":"bad","text":"Call this number"}')));
  expect(await sentence(browser)).not.toEqual(refusal("Call this number"));

  const [one, other] = ["one", "other"].map((name) => edgeCookie(env, name, { maxAge: 60, signed: true }));
  const value = /=([^;]+)/.exec((await one?.serialize("signed")) ?? "")?.[1];
  expect(await one?.parse(`diffs-one=${value}`)).toBe("signed");
  expect(await other?.parse(`diffs-other=${value}`)).toBeNull();
});

describe("the account", () => {
  test("is what a known operator is known by: another one with the address is refused", async () => {
    const { browser, signIn, sentence, google, ports } = await open();
    await signIn(browser, mina);
    google.setKnobs({ otherAccount: true });
    const other = openBrowser();
    expect(await signIn(other, mina)).toBe("/login?refused");
    expect(await sentence(other)).toEqual(refusal(expect.stringContaining("another Google account")));
    expect(await ports.db.session.count()).toBe(1);
  });

  test("of someone who is known from before it was kept is taken over, under the organization's rule", async () => {
    const { browser, signIn, sentence, google, ports } = await open();
    const { id } = await ports.db.operator.create({
      data: { email: jun, name: "Jun", role: "admin", createdAt: new Date() },
    });
    google.setKnobs({ personal: true });
    expect(await signIn(browser, jun)).toBe("/login?refused");
    expect(await sentence(browser)).toEqual(refusal(expect.stringContaining("does not manage")));

    google.setKnobs({});
    expect(await signIn(browser, jun)).toBe("/");
    expect(await ports.db.operator.findMany()).toMatchObject([
      { id, sub: `local-${jun}`, role: "admin", letInBy: "operator-emails", organization: "diffs.studio" },
    ]);
  });

  test("ends its sessions where it is no longer the operator's", async () => {
    const { browser, signIn, url, ports } = await open();
    await signIn(browser, jun);
    const { id } = await ports.db.operator.findFirstOrThrow();
    await ports.db.operator.update({ where: { id }, data: { sub: null } });
    expect((await browser.get(`${url}/view`)).status).toBe(302);
  });
});

test("the audit log says who signed in, who was refused and who signed out", async () => {
  const { browser, signIn, url, ports } = await open();
  await signIn(browser, "alex@elsewhere.example");
  await signIn(browser, jun);
  await browser.post(`${url}/logout`);
  await browser.post(`${url}/logout`);
  const events = await ports.db.auditEvent.findMany({ orderBy: { id: "asc" } });
  expect(events.map(({ actorName, action, subject, sentence }) => [actorName, action, subject, sentence])).toEqual([
    [
      "Someone signing in",
      "operator.refuse",
      "sign-in",
      "Sign-in refused: alex@elsewhere.example is not on the list of operators. Ask an admin to add it.",
    ],
    ["Jun Park", "operator.sign-in", "operator:1", "jun@diffs.studio signed in; let in as “operator”"],
    ["Jun Park", "operator.sign-out", "operator:1", "jun@diffs.studio signed out"],
  ]);
});

describe("a session", () => {
  test("is asked for, with the way back", async () => {
    const { browser, url } = await open();
    const response = await browser.get(`${url}/view?page=2`);
    expect(response.status).toBe(302);
    expect(response.headers.get("Location")).toBe("/login?returnTo=%2Fview%3Fpage%3D2");
    expect((await browser.post(`${url}/view`)).headers.get("Location")).toBe("/login");
  });

  test("ends at sign-out, on the server too", async () => {
    const { browser, signIn, url, ports } = await open();
    await signIn(browser, mina);
    const stolen = openBrowser();
    for (const [name, value] of browser.cookies) stolen.cookies.set(name, value);

    expect((await browser.post(`${url}/logout`)).headers.get("Location")).toBe("/login");
    expect(browser.cookies.has("diffs-session")).toBe(false);
    expect(await ports.db.session.count()).toBe(0);
    expect((await stolen.get(`${url}/view`)).status).toBe(302);
  });

  test("is not ended by a link", async () => {
    const { browser, signIn, url } = await open();
    await signIn(browser, mina);
    await browser.get(`${url}/logout`);
    expect((await browser.get(`${url}/view`)).status).toBe(200);
  });

  test("is a new one at each sign-in, and the former of that browser ends", async () => {
    const { browser, signIn, url } = await open();
    await signIn(browser, mina);
    const former = openBrowser();
    for (const [name, value] of browser.cookies) former.cookies.set(name, value);
    await signIn(browser, jun);

    expect(await (await browser.get(`${url}/view`)).json()).toMatchObject({ email: jun });
    expect((await former.get(`${url}/view`)).status).toBe(302);
  });

  test("ends at once when its operator is removed", async () => {
    const { browser, signIn, url, ports, env } = await open();
    await signIn(browser, sofia);
    expect((await browser.get(`${url}/view`)).status).toBe(200);

    // Even a row that the removal had missed lets no one in.
    const { id } = await ports.db.operator.findFirstOrThrow({ where: { email: sofia } });
    await ports.db.operator.update({ where: { id }, data: { removedAt: new Date() } });
    expect((await browser.get(`${url}/view`)).status).toBe(302);

    await ports.db.operator.update({ where: { id }, data: { removedAt: null } });
    const removal = { operatorId: id, actor };
    await removeOperator(ports, allowListsOf(env), removal);
    expect(await ports.db.session.count()).toBe(0);
    expect((await browser.get(`${url}/view`)).status).toBe(302);
    await expect(removeOperator(ports, allowListsOf(env), removal)).rejects.toMatchObject({ code: "not-found" });
  });

  test("ends when the web process starts with lists that no longer let its operator in", async () => {
    const { browser, signIn, url, env, ports, build } = await open();
    await signIn(browser, sofia);
    const shorter = { ...env, OPERATOR_DOMAINS: [], PORT: 0 };
    const server = await startServer({ env: shorter, ports, mode: "production", build });
    onTestFinished(() => server.close());
    expect((await browser.get(`${url}/view`)).status).toBe(302);
    expect(await ports.db.session.count()).toBe(0);
  });

  test("ends after seven days", async () => {
    let days = 0;
    const now = () => new Date(Date.parse("2026-11-20T10:00:00Z") + days * 86_400_000);
    const { browser, signIn, url } = await open({ now });
    await signIn(browser, mina);
    days = 6.9;
    expect((await browser.get(`${url}/view`)).status).toBe(200);
    days = 7;
    expect((await browser.get(`${url}/view`)).status).toBe(302);
  });

  test.each([
    [sofia, [200, 403, 403]],
    [jun, [200, 200, 403]],
    [mina, [200, 200, 200]],
  ])("of %s reaches as far as its role", async (account, statuses) => {
    const { browser, signIn, url } = await open();
    await signIn(browser, account);
    const answers = ["view", "operate", "administer"].map((path) => browser.post(`${url}/${path}`));
    expect((await Promise.all(answers)).map((answer) => answer.status)).toEqual(statuses);
  });

  test("a guessed token is none", async () => {
    const { browser, url } = await open();
    for (const value of ["", "x", btoa('"guess"'), btoa('{"id":1}'), "%00"]) {
      browser.cookies.set("diffs-session", value);
      expect((await browser.get(`${url}/view`)).status).toBe(302);
    }
  });
});

test("outside of the local environment cookies are __Host- and Secure", async () => {
  const { env } = await open();
  const cookie = edgeCookie({ ...env, PUBLIC_URL: "https://ops.diffs.studio" }, "session", {
    maxAge: 60,
    signed: false,
  });
  expect(await cookie.serialize("token")).toMatch(
    /^__Host-session=[^;]+; Max-Age=60; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
});
