import { expect, test } from "vitest";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import * as page from "~/routes/_console.references/route";
import { signIn } from "~/web/sign-in/operator-session.server";
import { contextOf, startTestConsole } from "./support/console";
import { etagOf, storeSnapshot } from "./support/snapshot";

const at = new Date(0);
const prefix = "references/01. Model/";
const schema = await loadLabelSchema();
const root = findRoot(schema, "Model");

/** What the page is drawn from. */
const drawnFrom = {
  loader: async (args: Parameters<typeof page.loader>[0]) => Response.json(await page.loader(args)),
};

/** The page as a viewer sees it, over an audit of these objects; none: never audited. */
async function open(paths: string[]) {
  const { url, env, ports } = await startTestConsole({ routes: { "/references": drawnFrom } });
  if (paths.length > 0) await storeSnapshot(ports.db, { schema, root, paths, at });
  const operator = { email: "sofia@diffs.studio", name: "Sofia Reyes", role: "viewer", createdAt: at };
  const { id } = await ports.db.operator.create({ data: operator });
  const session = await signIn({ request: new Request(url), context: contextOf({ env, ports }) }, id);
  const get = async (query: string, headers: HeadersInit = { Cookie: session.split(";")[0] ?? "" }) => {
    const response = await fetch(`${url}/references${query}`, { headers, redirect: "manual" });
    const text = await response.text();
    const body: unknown = response.status === 200 ? JSON.parse(text) : text;
    return { status: response.status, location: response.headers.get("Location"), body };
  };
  return { db: ports.db, url, get };
}

test("both modes side by side, each reference with its picture as the index knows it", async () => {
  const { db, url, get } = await open(["front_warm/reference.png", "back_warm/a.png"]);
  const row = { bytes: 5, kind: "reference", modifiedAt: at, createdAt: at };
  const keys = { indexed: `${prefix}front_warm/reference.png`, gone: `${prefix}back_warm/a.png` };
  const image = await db.image.create({ data: { ...row, key: keys.indexed, etag: etagOf(keys.indexed) } });
  await db.image.create({ data: { ...row, key: keys.gone, etag: "older", goneAt: at } });

  const { body } = await get("?root=Model&tone=warm&angle=front");

  expect(body).toMatchObject({
    origin: url,
    view: {
      asOf: "1970-01-01T00:00:00.000Z",
      choices: [
        { attribute: "tone", value: "warm", values: ["warm", "neutral", "cool"] },
        { attribute: "angle", value: "front" },
      ],
      modes: [
        {
          mode: "tone",
          attributes: { tone: "warm" },
          refusal: null,
          references: [
            { group: "front_warm", key: keys.indexed, imageId: image.id },
            { group: "back_warm", key: keys.gone, imageId: null },
          ],
          missing: [{ type: "missing-combination" }, { type: "missing-combination" }],
        },
        {
          mode: "tone+angle",
          attributes: { angle: "front", tone: "warm" },
          refusal: null,
          references: [{ group: "front_warm" }],
          missing: [],
        },
      ],
    },
  });
});

test("without a choice, the first values of the first root", async () => {
  const { get } = await open(["front_warm/a.png"]);
  const { body } = await get("");
  expect(body).toMatchObject({
    view: {
      root: "Model",
      modes: [{ attributes: { tone: "warm" } }, { attributes: { tone: "warm", angle: "front" } }],
    },
  });
});

test("what is wrong with one mode is said in its place, and the other one answers", async () => {
  const { get } = await open(["front_warm/a.png"]);
  const { status, body } = await get("?root=Model&tone=warm&angle=below");
  expect(status).toBe(200);
  expect(body).toMatchObject({
    view: {
      modes: [
        { refusal: null, references: [{ group: "front_warm" }] },
        { refusal: "There is no angle called “below”; there is front, three-quarter, profile, back." },
      ],
    },
  });
});

test("a root that was never audited, and one that nobody knows", async () => {
  const { get } = await open([]);
  expect((await get("?root=Model")).body).toMatchObject({ view: { asOf: null, modes: [] } });
  expect(await get("?root=Modle")).toMatchObject({ status: 404, body: expect.stringContaining("“Modle”") });
});

test("it is for operators, not for the image agent's token", async () => {
  const { get } = await open(["front_warm/a.png"]);
  const refusal = await get("", { Authorization: "Bearer a-reference-token-of-the-local-machine-only" });
  expect(refusal).toMatchObject({ status: 302, location: "/login?returnTo=%2Freferences" });
});
