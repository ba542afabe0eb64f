import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { expect, test } from "vitest";
import { z } from "zod";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import * as images from "~/routes/api.images/route";
import * as document from "~/routes/api.openapi[.]json/route";
import * as resolve from "~/routes/api.references.resolve/route";
import { startTestConsole } from "./support/console";
import { routeModules } from "./support/route-modules";
import { etagOf, storeSnapshot } from "./support/snapshot";

const token = "the-token-of-the-image-agent-0123456789";
const schema = await loadLabelSchema();
const root = findRoot(schema, "Model");
const routes = { "/api/references/resolve": resolve, "/api/images": images, "/api/openapi.json": document };
const at = new Date("2026-11-20T10:00:00Z");

const described = z.object({
  paths: z.record(
    z.string(),
    z.object({
      get: z.object({
        parameters: z.array(z.object({ name: z.string() })),
        responses: z.record(
          z.string(),
          z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })).optional() }),
        ),
      }),
    }),
  ),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

/** The API over an audit of these objects, with a row for each, the first of which is labeled 20s. */
async function open(paths = ["front_warm/a.png", "front_cool/a.png", "cool front/a.png"]) {
  const { url, ports } = await startTestConsole({ routes, env: { REFERENCE_TOKEN: token } });
  await storeSnapshot(ports.db, { schema, root, paths });
  for (const [index, path] of paths.entries()) {
    const [key, etag] = [root.prefix + path, etagOf(root.prefix + path)];
    const { id: imageId } = await ports.db.image.create({
      data: { key, etag, bytes: 5, kind: "reference", modifiedAt: at, createdAt: at },
    });
    const label = { imageId, attribute: "ageRange", value: "20s", etag, source: "person", acceptedBy: "operator:1" };
    if (index === 0) await ports.db.label.create({ data: { ...label, acceptedAt: at } });
  }
  const ask = async (address: string, bearer: string | null = token) => {
    const headers = new Headers(bearer === null ? {} : { Authorization: `Bearer ${bearer}` });
    const response = await fetch(url + address, { headers });
    const body: unknown = await response.json();
    return { status: response.status, body };
  };
  return { url, ask, read: async () => described.parse((await ask("/api/openapi.json")).body) };
}

/** The same, but an object may have no property that is not described. */
function closed(of: unknown): unknown {
  if (Array.isArray(of)) return of.map(closed);
  if (typeof of !== "object" || of === null) return of;
  const inside = Object.fromEntries(Object.entries(of).map(([name, value]) => [name, closed(value)]));
  return "properties" in of ? { ...inside, additionalProperties: false } : inside;
}

test("the document is valid OpenAPI 3.1, and describes every address below /api and no other", async () => {
  const { ask, url } = await open();
  const { status, body } = await ask("/api/openapi.json");
  expect(status).toBe(200);
  expect(await new Validator().validate(structuredClone(z.record(z.string(), z.unknown()).parse(body)))).toEqual({
    valid: true,
  });
  expect(body).toMatchObject({ openapi: "3.1.0", servers: [{ url }] });
  const addresses = routeModules
    .map(({ route }) => route)
    .filter((route) => route.startsWith("api."))
    .map(
      (route) =>
        `/${route
          .replaceAll(/\.(?!\])/g, "/")
          .replace("[.]", ".")
          .replace("[/]", ".")}`,
    );
  expect(Object.keys(described.parse(body).paths).sort()).toEqual(addresses.sort());
  expect(Object.keys(routes).sort()).toEqual(addresses.sort());
});

const front = "/api/references/resolve?root=Model&mode=tone%2Bangle&angle=front";
test.each<[string, number, string | null]>([
  [`${front}&tone=warm`, 200, token],
  [`${front}&tone=warm&ageRange=20s`, 200, token],
  ["/api/references/resolve?root=Model&mode=tone&tone=Warm", 200, token],
  [`${front}&tone=warm&ageRange=30s`, 404, token],
  [`${front}&tone=purple`, 404, token],
  [`${front}&tone=cool`, 409, token],
  [front, 400, token],
  [`${front}&tone=warm&mood=x`, 400, token],
  [front, 401, null],
  [front, 401, "a guess"],
  ["/api/images", 200, token],
  ["/api/images?kind=reference&label=ageRange:20s&sort=key-asc&limit=1", 200, token],
  ["/api/images?ageRange=30s", 200, token],
  ["/api/images?ageRange=young", 404, token],
  ["/api/images?mood=x", 400, token],
  ["/api/images?limit=0", 400, token],
  ["/api/images", 401, null],
  ["/api/openapi.json", 200, token],
  ["/api/openapi.json", 401, null],
])("%s answers %i as described", async (address, expected, bearer) => {
  const { ask, read } = await open();
  const { paths, components } = await read();
  const { status, body } = await ask(address, bearer);
  expect(status, JSON.stringify(body)).toBe(expected);
  const { pathname, searchParams } = new URL(address, "http://127.0.0.1");
  const { parameters, responses } = paths[pathname]?.get ?? { parameters: [], responses: {} };
  const names = parameters.map(({ name }) => name);
  if (status !== 400) expect(names).toEqual(expect.arrayContaining([...searchParams.keys()]));
  const content = responses[status]?.content?.["application/json"]?.schema;
  expect(content, `${pathname} describes a ${status}`).toBeDefined();
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  const of = closed({ components, ...z.record(z.string(), z.unknown()).parse(content) });
  expect([ajv.validate(z.record(z.string(), z.unknown()).parse(of), body), ajv.errors]).toEqual([true, null]);
});

test("images are listed by age range, page by page", async () => {
  const { ask } = await open();
  const page = z.object({ images: z.array(z.object({ key: z.string() })), after: z.string().nullable() });
  const keys = async (address: string) => {
    const { images, after } = page.parse((await ask(address)).body);
    return { keys: images.map(({ key }) => key.slice(root.prefix.length)), after };
  };
  expect(await keys("/api/images?ageRange=20S")).toEqual({ keys: ["front_warm/a.png"], after: null });
  expect(await keys("/api/images?ageRange=30s")).toEqual({ keys: [], after: null });
  const first = await keys("/api/images?sort=key-asc&limit=2");
  expect(first.keys).toEqual(["cool front/a.png", "front_cool/a.png"]);
  const rest = new URLSearchParams({ sort: "key-asc", limit: "2", after: first.after ?? "" });
  expect(await keys(`/api/images?${rest}`)).toEqual({ keys: ["front_warm/a.png"], after: null });
});

test("an image is listed with its permanent address", async () => {
  const { ask, url } = await open(["front_warm/a b.png"]);
  const page = z.object({
    images: z.array(z.object({ address: z.string().nullable(), servedBy: z.string().nullable() })),
  });
  expect(page.parse((await ask("/api/images")).body).images).toEqual([
    { address: `${url}/images/references/01.%20Model/front_warm/a%20b.png`, servedBy: "console" },
  ]);
});

test.each([
  ["limit=0", "“limit” is a whole number from 1 to 1000, not “0”."],
  ["limit=", "“limit” is a whole number from 1 to 1000, not “”."],
  ["limit=1.5", "“limit” is a whole number from 1 to 1000, not “1.5”."],
  ["limit=1&limit=2", "Give “limit” once."],
  ["ageRange=20s&ageRange=30s", "Give “ageRange” once."],
  ["view=table", "There is no parameter “view”: it is for pages."],
  ["kind=photo", "The filter “kind” does not take “photo”: it takes generated, upload, reference, other."],
  ["after=x", "“x” is not a place in this list. Start from its first page."],
  ["label=mood:x", "mood"],
])("a list of images that cannot be asked for: %s", async (query, sentence) => {
  const { ask } = await open([]);
  expect(await ask(`/api/images?${query}`)).toEqual({
    status: 400,
    body: { error: expect.stringContaining(sentence) },
  });
});
