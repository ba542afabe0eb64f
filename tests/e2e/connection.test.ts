import pMap from "p-map";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { openTestWindow } from "./support/test-window";

const { url, cloud, web, pages } = await openConsole();

let context: BrowserContext;
let page: Page;

beforeEach(async () => {
  ({ context, page } = await openTestWindow(url));
  await signInByHand(page, "Jun Park");
});
afterEach(async () => {
  // Pages go on asking: an answer that is on its way through a route of the test's is nobody's any more.
  await context.unrouteAll({ behavior: "ignoreErrors" });
  await context.close();
});

const note = (of: Page) => of.locator("[data-above-dialogs] p");
const UNREACHABLE = "Not reachable, trying again";

/** What people do on pages before the connection fails, by the page's name. */
const hands: Record<string, (of: Page) => Promise<void>> = {
  "attribute-group": async (of) => {
    await of.getByRole("button", { name: "Rename…" }).first().click();
    await of.getByRole("dialog").getByLabel("New name").fill("front_wa");
  },
  "selected-images": async (of) => {
    await of.getByRole("checkbox").nth(1).check();
    await of.getByRole("checkbox").nth(2).check();
    await of.getByText("2 selected").waitFor();
  },
  "reference-selection": async (of) => void (await of.getByLabel("tone").selectOption("cool")),
  "new-label-run": async (of) => {
    await of.getByRole("radio", { name: /^All images/ }).check();
    await of.getByLabel("Budget").fill("12.3");
  },
  "job-run-plan": async (of) => void (await of.getByRole("button", { name: "Discard plan" }).click()),
  "audit-log": async (of) => {
    await of.getByRole("button", { name: "Subject" }).click();
    await of.getByLabel("What was acted on").fill("run:");
  },
};

/** All that a reader would miss if the page were replaced. */
const stateOf = (of: Page) =>
  of.evaluate(() => ({
    address: location.href,
    title: document.title,
    heading: document.querySelector("h1")?.textContent,
    dialogs: Array.from(
      document.querySelectorAll("[role=dialog]"),
      (dialog) => dialog.querySelector("h2")?.textContent,
    ),
    fields: Array.from(
      document.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input:not([type=hidden]), select"),
      (field) => (field instanceof HTMLInputElement && /checkbox|radio/.test(field.type) ? field.checked : field.value),
    ),
    focus: `${document.activeElement?.tagName} ${document.activeElement?.getAttribute("name")}`,
    scrolled: window.scrollY,
    isSameDocument: "isSameDocument" in window,
  }));

/** Opens a page and waits until the browser has taken it over from the server, and a long list leaves out what is not seen. */
async function openPage(tab: Page, path: string) {
  await tab.goto(path);
  await tab.waitForFunction(() =>
    Object.keys(document.querySelector("[data-above-dialogs]") ?? {}).some((name) => name.startsWith("__react")),
  );
  await tab.waitForFunction(() => document.querySelector("[data-windowed=false]") === null);
}

/** A tab whose page is in use, that remembers each note that it shows. */
async function openInUse({ name, path }: { name: string; path: string }) {
  const tab = await context.newPage();
  const errors: string[] = [];
  tab.on("pageerror", (error) => errors.push(error.message));
  await openPage(tab, path);
  await hands[name]?.(tab);
  await tab.evaluate(() => {
    const shown: string[] = [];
    Object.assign(window, { isSameDocument: true, shown });
    const place = document.querySelector("[data-above-dialogs]");
    if (!place) throw new Error("There is no place for the note");
    new MutationObserver(() => place.textContent && shown.push(place.textContent)).observe(place, { childList: true });
  });
  const state = await stateOf(tab);
  /** How often the note came up since this was asked last. */
  const takeNotes = () => tab.evaluate(() => (Reflect.get(window, "shown") as string[]).splice(0));
  return { name, tab, state, errors, takeNotes };
}

test("every page keeps what is on it while it cannot be read, and goes on by itself", async () => {
  const withSelection = { name: "selected-images", path: "/attribute-groups/profile_cool" };
  // A few at a time: each tab's wait for its page is one for all that open beside it.
  const inUse = await pMap([...pages, withSelection], openInUse, { concurrency: 4 });
  const all = (check: (each: (typeof inUse)[number]) => Promise<unknown>) => Promise.all(inUse.map(check));
  const everyPageGoesOn = async () => {
    await all(({ tab }) => note(tab).waitFor({ state: "detached" }));
    for (const { name, tab, state, errors } of inUse) {
      expect(await stateOf(tab), name).toEqual(state);
      expect(errors, name).toEqual([]);
    }
  };
  const everyPageSays = () => all(({ tab }) => note(tab).getByText(UNREACHABLE, { exact: true }).waitFor());

  const offlineSince = Date.now();
  await context.setOffline(true);
  await everyPageSays();
  await page.waitForTimeout(7_000 - (Date.now() - offlineSince));
  await context.setOffline(false);
  await everyPageGoesOn();
  await all(({ takeNotes }) => takeNotes());

  // One answer of a proxy whose server is away.
  const refused = new Set<Page>();
  await context.route(/\.data(\?|$)/, (route) => {
    const asking = route.request().frame().page();
    if (refused.has(asking)) return route.fallback();
    refused.add(asking);
    return route.fulfill({ status: 502, contentType: "text/html", body: "<h1>502 Bad Gateway</h1>" });
  });
  await all(({ name, takeNotes }) => expect.poll(takeNotes, { message: name }).toEqual([UNREACHABLE]));
  await everyPageGoesOn();
  await context.unrouteAll();

  await web.stop();
  await everyPageSays();
  await web.restart();
  await everyPageGoesOn();

  // And numbers move again.
  const rail = (tab: Page, words: RegExp) => tab.locator("aside").getByText(words).waitFor();
  cloud.s3.setFaults([{ operation: "ListObjectsV2", delayMs: 6_000 }]);
  const started = await context.request.post("/job-runs", { headers: { Origin: url }, form: { kind: "index-images" } });
  expect(started.ok()).toBe(true);
  await all(({ tab }) => rail(tab, /^1 run/));
  cloud.s3.setFaults([]);
  await all(({ tab }) => rail(tab, /^No work in progress/));
  for (const { name, tab, state } of inUse) expect((await stateOf(tab)).fields, name).toEqual(state.fields);
});

const dialog = () => page.getByRole("dialog");
const newName = () => dialog().getByLabel("New name");
const NAME = "three-quarter_neutral";

/** The rename dialog of a group, open and filled in. */
async function typeNewName() {
  await openPage(page, "/attribute-groups/front_warm");
  await page.getByRole("button", { name: "Rename…" }).first().click();
  await newName().fill(NAME);
}
const send = () => dialog().getByRole("button", { name: "Plan the rename" }).click();

/** What was typed is still there, and sent now it leads to its plan. */
async function sendsNow() {
  await note(page).waitFor({ state: "detached" });
  expect(await newName().inputValue()).toBe(NAME);
  await send();
  await page.getByRole("heading", { level: 1, name: `Rename “front_warm” to “${NAME}”` }).waitFor();
  await page.getByRole("button", { name: "Discard plan" }).click();
  await dialog().getByRole("button", { name: "Discard plan" }).click();
  await page.getByRole("status").getByText("Canceled", { exact: true }).waitFor();
}

test("a form that could not be sent stays as it was typed, and says so", async () => {
  await typeNewName();
  await context.setOffline(true);
  await send();
  await page
    .getByText(/^The server did not answer, so this may not have been done\. What you typed is still here/)
    .waitFor();
  await note(page).getByText(UNREACHABLE).waitFor();
  expect(await newName().inputValue()).toBe(NAME);
  await page.getByLabel("Dismiss").click();
  await context.setOffline(false);
  await sendsNow();
});

/** Goes there by Tab, as far as the focus is let, and presses Enter. */
async function byKeyboard(link: Locator) {
  const isFocused = () => link.evaluate((element) => element === document.activeElement);
  for (let tabs = 0; tabs < 20 && !(await isFocused()); tabs += 1) await page.keyboard.press("Tab");
  expect(await isFocused()).toBe(true);
  await page.keyboard.press("Enter");
}

test("who is signed out signs in beside the page, and loses nothing that was typed", async () => {
  await typeNewName();
  await context.clearCookies();
  await note(page).getByText("You are signed out.").waitFor();
  await send();
  await page.getByText(/^This was not done, because your session has ended\. What you typed is still here/).waitFor();

  const [beside] = await Promise.all([
    context.waitForEvent("page"),
    byKeyboard(dialog().getByRole("link", { name: "Sign in" })),
  ]);
  await beside.getByRole("button", { name: "Sign in with Google" }).click();
  await beside.getByRole("button", { name: "Jun Park" }).click();
  await beside.getByRole("heading", { level: 1, name: "front_warm" }).waitFor();
  await beside.close();
  await sendsNow();
});

test("a click without a network waits for it, on the page where it was made", async () => {
  // The browser notes 250 files by itself, and no others.
  await page.addInitScript(() => performance.setResourceTimingBufferSize(5_000));
  await openPage(page, "/attribute-groups");
  // The code of pages that no one has opened yet comes by itself, with all that it imports.
  const isAsked = () =>
    page.evaluate(() => {
      const modules = Object.values(window.__remixManifest.routes).map(
        ({ module }) => new URL(module, location.href).href,
      );
      return modules.length > 20 && modules.every((href) => performance.getEntriesByName(href).length > 0);
    });
  await expect.poll(isAsked).toBe(true);
  await page.evaluate(
    "Promise.all(Object.values(__remixManifest.routes).map(({ module }) => import(module))).then(() => {})",
  );
  await page.evaluate(() => Object.assign(window, { isSameDocument: true }));
  await context.setOffline(true);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Schedules" }).click();
  await note(page).getByText(UNREACHABLE).waitFor();
  await page.getByRole("heading", { level: 1, name: "Attribute groups" }).waitFor();
  await context.setOffline(false);
  await page.getByRole("heading", { level: 1, name: "Schedules" }).waitFor();
  expect(await page.evaluate(() => "isSameDocument" in window)).toBe(true);
});

test("code of a page that could not be had at first is asked for again, and the click stays on this document", async () => {
  await openPage(page, "/attribute-groups");
  const module = await page.evaluate(() => window.__remixManifest.routes["routes/_console.schedules"]?.module ?? "");
  // That page asks for it, too, by and by.
  await page.goto("about:blank");
  let asked = 0;
  await context.route(`**${module}`, (route) => {
    asked += 1;
    return asked === 1 ? route.abort() : route.continue();
  });
  await openPage(page, "/attribute-groups");
  await page.evaluate(() => Object.assign(window, { isSameDocument: true }));
  await expect.poll(() => asked).toBeGreaterThan(1);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Schedules" }).click();
  await page.getByRole("heading", { level: 1, name: "Schedules" }).waitFor();
  expect(await page.evaluate(() => "isSameDocument" in window)).toBe(true);
});

test("another build is never mixed with this one: a page in use offers to load it, any other page loads it", async () => {
  await typeNewName();
  await page.evaluate(() => Object.assign(window, { isSameDocument: true }));
  const untouched = await context.newPage();
  await openPage(untouched, "/schedules");
  await untouched.evaluate(() => Object.assign(window, { isSameDocument: true }));
  await context.route(/\.data(\?|$)/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, headers: { ...answer.headers(), "x-console-build": "another" } });
  });
  await note(page).getByText("A new version is here.").waitFor();
  expect(await newName().inputValue()).toBe(NAME);
  await untouched.waitForFunction(() => !("isSameDocument" in window));
  // Once: a server that says two builds in turns does not keep it loading.
  await note(untouched).getByText("A new version is here.").waitFor();

  // Whoever goes on loads the next page whole.
  await page.keyboard.press("Escape");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Jobs" }).click();
  await page.getByRole("heading", { level: 1, name: "Jobs" }).waitFor();
  expect(await page.evaluate(() => "isSameDocument" in window)).toBe(false);
  // A poll may be between its two steps: it would fail once the window is gone.
  await context.unrouteAll({ behavior: "wait" });
});
