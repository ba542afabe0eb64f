#!/usr/bin/env bash
# The router of Remix 2.17.5 (@remix-run/router 1.23.3): a fetcher stays "loading" for good, though all that was asked for has been
# answered and the page rests. While a page is on its way, a fetcher submits twice. The first answer makes the other fetchers load
# again; the second submission cancels that and means to do it after its own answer. But the page that arrives meanwhile ends the
# need to load anything again, and nothing tells the others that they are done. Once the page has arrived all goes well.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts @remix-run/router@1.23.3
cat > "$work/run.mjs" << 'CODE'
import assert from "node:assert/strict";
import { setImmediate as tick } from "node:timers/promises";
import router from "@remix-run/router";

/** The parts of a browser that the router looks for; its history is in memory. */
const window = { document: { createElement() {} }, addEventListener() {}, removeEventListener() {} };
window.sessionStorage = { getItem: () => null, setItem() {} };

/** What was asked for and not yet answered, in order; an answer lets the router go on until it waits again. */
let open = [];
const ask = ({ request }) =>
  new Promise((resolve, reject) => {
    const one = { what: `${request.method} ${new URL(request.url).pathname}`, resolve };
    open.push(one);
    request.signal.addEventListener("abort", () => {
      open = open.filter((other) => other !== one);
      reject(request.signal.reason);
    });
  });
const rest = async () => {
  for (let n = 0; n < 10; n += 1) await tick();
};
async function answer(what) {
  const one = open.find((other) => other.what === what);
  assert.ok(one, `${what} is not asked for, but ${open.map((other) => other.what)}`);
  open = open.filter((other) => other !== one);
  one.resolve({ answered: what });
  await rest();
}

/** A layout with pages, a list that it shows by a fetcher, and another fetcher that submits. */
function openLayout() {
  open = [];
  const page = (path) => ({ id: path, path, loader: ask, action: ask });
  const app = router
    .createRouter({
      window,
      history: router.createMemoryHistory({ initialEntries: ["/one"] }),
      routes: [{ id: "layout", path: "/", children: ["one", "two", "list", "save"].map(page) }],
      hydrationData: { loaderData: { one: {} } },
    })
    .initialize();
  for (const name of ["list", "save"]) app.getFetcher(name);
  return app;
}

/** @param whenToArrive after how many of the two submissions the page that was gone to arrives */
async function listAfterTwoSubmissions(whenToArrive) {
  const app = openLayout();
  app.fetch("list", "layout", "/list");
  await rest();
  await answer("GET /list");
  assert.equal(app.getFetcher("list").state, "idle");
  app.navigate("/two");
  await rest();
  for (const submission of [1, 2]) {
    if (submission > whenToArrive && app.state.navigation.state !== "idle") await answer("GET /two");
    const formData = new FormData();
    formData.set("name", "value");
    app.fetch("save", "layout", "/save", { formMethod: "post", formData });
    await rest();
    if (submission === 1) await answer("POST /save");
  }
  while (open.length > 0) await answer(open[0].what);
  assert.equal(app.state.navigation.state, "idle");
  assert.equal(app.state.location.pathname, "/two");
  assert.equal(app.getFetcher("save").state, "idle");
  const { state } = app.getFetcher("list");
  const when = ["before both submissions", "between them", "after both"][whenToArrive];
  console.log(`the page arrived ${when}, all is answered, and the list is ${state}`);
  app.dispose();
  return state;
}

assert.equal(await listAfterTwoSubmissions(0), "idle");
assert.equal(await listAfterTwoSubmissions(1), "idle");
assert.equal(await listAfterTwoSubmissions(2), "loading");
CODE
(cd "$work" && node run.mjs)
