import { expect, test } from "vitest";
import * as converted from "~/routes/images.$id.converted/route";
import { signIn } from "~/web/sign-in/operator-session.server";
import { contextOf, startTestConsole } from "./support/console";
import { noise } from "./support/odd-pictures";
import { startTestS3 } from "./support/store/s3";

test("a browser keeps what an image would become for as long as the page means just these bytes", async () => {
  const s3 = await startTestS3();
  const { url, env, ports } = await startTestConsole({
    routes: { "/images/:id/converted": converted },
    env: { ...s3.env, S3_FORCE_PATH_STYLE: "true" },
  });
  const at = new Date(0);
  const body = await noise(48, 48).blur(1.5).png().toBuffer();
  const { etag } = await s3.storage.put("a.png", body, { contentType: "image/png" });
  const row = { key: "a.png", etag, bytes: body.length, kind: "upload", modifiedAt: at, createdAt: at };
  const { id: imageId } = await ports.db.image.create({ data: row });
  const operator = { email: "sofia@diffs.studio", name: "Sofia Reyes", role: "operator", createdAt: at };
  const { id } = await ports.db.operator.create({ data: operator });
  const session = await signIn({ request: new Request(url), context: contextOf({ env, ports }) }, id);
  const keeps = async (version: string) => {
    const path = `/images/${imageId}/converted?format=webp&quality=82${version}`;
    const response = await fetch(url + path, { headers: { Cookie: session.split(";")[0] ?? "" } });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/webp"]);
    return response.headers.get("cache-control");
  };
  expect(await keeps(`&v=${encodeURIComponent(etag)}`)).toBe("private, max-age=3600");
  expect(await keeps("&v=former")).toBe("private, no-cache");
  expect(await keeps("")).toBe("private, no-cache");
});
