import { expect, test } from "vitest";
import { permanentAddress } from "~/features/images/permanent-address";
import * as page from "~/routes/_console.image-names/route";
import * as image from "~/routes/_console.images.$id/route";
import * as oldName from "~/routes/images.$/route";
import * as converted from "~/routes/images.$id.converted/route";
import * as original from "~/routes/images.$id.original/route";
import * as thumbnail from "~/routes/images.$id.thumbnail/route";
import { signIn } from "~/web/sign-in/operator-session.server";
import { contextOf, startTestConsole } from "./support/console";

const at = new Date(0);

/** What the page is drawn from. */
const drawnFrom = {
  loader: async (args: Parameters<typeof page.loader>[0]) => {
    const { data, init } = await page.loader(args);
    return Response.json(data, init ?? {});
  },
};

/** The console of someone who follows links of before, over images at these keys (ids from 1). */
async function open(keys: string[]) {
  const { url, env, ports } = await startTestConsole({
    routes: {
      "/images/*": oldName,
      "/images/:id": { loader: image.loader },
      "/images/:id/converted": converted,
      "/images/:id/original": original,
      "/images/:id/thumbnail": thumbnail,
      "/image-names": drawnFrom,
    },
  });
  const row = { etag: "e", bytes: 5, kind: "upload", modifiedAt: at, createdAt: at };
  await ports.db.image.createMany({ data: keys.map((key) => ({ ...row, key })) });
  const operator = { email: "sofia@diffs.studio", name: "Sofia Reyes", role: "viewer", createdAt: at };
  const { id } = await ports.db.operator.create({ data: operator });
  const session = await signIn({ request: new Request(url), context: contextOf({ env, ports }) }, id);
  const Cookie = session.split(";")[0] ?? "";
  /** Where an address leads, step by step, without leaving the console. */
  return async (path: string, headers: HeadersInit = { Cookie }) => {
    const steps: string[] = [];
    for (let next = path; ; ) {
      const response = await fetch(url + next, { headers, redirect: "manual" });
      const location = response.headers.get("Location");
      if (location === null) return { steps, status: response.status, body: await response.json() };
      steps.push(location);
      next = location;
      if (!location.startsWith("/image-names")) return { steps, status: response.status, body: null };
    }
  };
}

test("an image's permanent address leads to it alone, whatever its key is made of", async () => {
  const names = [
    "a b",
    "a+b",
    "a%20b",
    "a%2Fb",
    "a/b",
    "a#b",
    "a?b",
    "100%",
    "100%25",
    "\u00e9",
    "e\u0301",
    "서울",
    "a.data",
  ];
  const pictures = [
    "12/original",
    "mina/Thumbnail",
    "mina/converted",
    "mina/original/x.png",
    "1234567890123456/original",
  ];
  const odd = ["7", "12345", ...pictures, "mina/../x.png", "mina//x.png", "/x.png", "mina/x.data"];
  const keys = [...names.map((name) => `mina/${name}.png`), ...odd];
  const follow = await open(keys);
  const settings = { PUBLIC_URL: "", PUBLIC_ASSET_BASE_URL: undefined };
  for (const [at, key] of keys.entries()) {
    const { steps } = await follow(permanentAddress(key, settings).address);
    expect([key, steps.at(-1)]).toEqual([key, `/images/${at + 1}`]);
  }
});

const long = `uploads/${"é".repeat(506)}.png`;

test.each([
  ["/images/uploads/u-1/2026/11/a.png", 1],
  ["/images/uploads%2Fu-1%2F2026%2F11%2Fa.png", 1],
  ["/images/a.png", 1],
  ["/images//srv/pictures/out/a.png", 1],
  ["/images/a.png?X-Amz-Signature=0", 1],
  [`/images/${encodeURIComponent('서울 100%_"<b>.png')}`, 2],
  [`/images/uploads/${encodeURIComponent('서울 100%_"<b>.png')}`, 2],
  [`/images/${encodeURIComponent(encodeURIComponent('uploads/서울 100%_"<b>.png'))}`, 2],
  [`/images/${long}`, 3],
])("%s leads to its image", async (path, id) => {
  const follow = await open(["uploads/u-1/2026/11/a.png", 'uploads/서울 100%_"<b>.png', long]);
  const { steps, status } = await follow(path);
  expect([status, steps.at(-1)]).toEqual([302, `/images/${id}`]);
});

test("a name of several images shows them all, each with what tells it from the others", async () => {
  const follow = await open(["generated/u-1/2026/11/a.png", "generated/u-2/2026/11/a.png", "uploads/b.png"]);
  const { status, body } = await follow("/images/a.png");
  expect(status).toBe(200);
  expect(body).toMatchObject({
    name: "a.png",
    total: 2,
    images: [
      { id: 1, key: "generated/u-1/2026/11/a.png", ownerName: null, createdAt: "1970-01-01T00:00:00.000Z" },
      { id: 2, key: "generated/u-2/2026/11/a.png" },
    ],
  });
});

test.each(["/images/none.png", "/images/..%2F..%2Fetc%2Fpasswd"])(
  "%s is not found, and leads nowhere else",
  async (path) => {
    const follow = await open(["uploads/b.png"]);
    expect(await follow(path)).toMatchObject({ status: 404, body: { total: 0, images: [] } });
  },
);

test.each(["/image-names?name=", "/image-names"])("%s asks for a name", async (path) => {
  const follow = await open(["uploads/b.png"]);
  expect(await follow(path)).toEqual({ steps: [], status: 200, body: { name: "", images: [], total: 0 } });
});

test.each(["/images//evil.example/a", "/images/https:%2F%2Fevil.example%2F", "/images/%5C%5Cevil.example"])(
  "%s stays within the console",
  async (path) => {
    const { steps } = await (await open(["uploads/b.png"]))(path);
    expect(steps.every((step) => step.startsWith("/image-names?name="))).toBe(true);
  },
);

test("who is not signed in learns no key", async () => {
  const follow = await open(["uploads/b.png"]);
  for (const path of ["/images/uploads/b.png", "/image-names?name=b.png"]) {
    const { steps } = await follow(path, {});
    expect(steps).toEqual([`/login?${new URLSearchParams({ returnTo: path })}`]);
  }
});
