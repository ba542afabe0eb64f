import { expect, test } from "vitest";
import { signIn } from "~/web/sign-in/operator-session.server";
import { contextOf, startTestConsole } from "../../../tests/support/console";
import { labelsOf } from "../../../tests/support/world/label-world";
import { action, loader } from "./route";

async function open() {
  const { url, env, ports } = await startTestConsole({ routes: { "/image-labels": { action, loader } } });
  const world = labelsOf(ports);
  await world.addImages(["a.png"]);
  const context = contextOf({ env, ports });
  const as = async (role: "viewer" | "operator") => {
    const { id } = await ports.db.operator.create({
      data: { email: `${role}@diffs.studio`, name: role, role, createdAt: new Date(0) },
    });
    const Cookie = (await signIn({ request: new Request(url), context }, id)).split(";")[0] ?? "";
    const send = async (fields: Record<string, string>) => {
      const body = new URLSearchParams({ image: "1", attribute: "tone", ...fields });
      const response = await fetch(`${url}/image-labels`, { method: "POST", body, headers: { Cookie, Origin: url } });
      return { status: response.status, text: await response.text() };
    };
    const look = (search: string) => fetch(`${url}/image-labels?${search}`, { headers: { Cookie } });
    return { send, look };
  };
  return { as, labels: world.labels };
}

test("an operator sets a label, is refused what changed meanwhile, and takes it back; a viewer looks only", async () => {
  const { as, labels } = await open();
  const [viewer, operator] = [await as("viewer"), await as("operator")];
  expect((await viewer.send({ intent: "set-label", value: "warm" })).status).toBe(403);
  expect(await operator.send({ intent: "set-label", value: "warm", etag: "e" })).toMatchObject({
    status: 200,
    text: expect.stringContaining("tone is “warm” now."),
  });
  expect((await operator.send({ intent: "set-label", value: "cool", etag: "e" })).text).toContain(
    "changed since it was shown here",
  );
  expect((await operator.send({ intent: "set-label", value: "pink", rev: "1" })).text).toContain(
    "is no listed value of tone",
  );
  await operator.send({ intent: "set-label", value: "cool", rev: "1" });
  await operator.send({ intent: "restore-label", former: "1", rev: "2" });
  expect(await labels()).toEqual(["1 tone warm person 3"]);
  await operator.send({ intent: "remove-label", rev: "3" });
  expect(await labels()).toEqual([]);
  const told = await viewer.look("image=1&attribute=tone");
  expect([told.status, await told.text()]).toEqual([200, expect.stringContaining("cool")]);
  expect((await viewer.look("image=x&attribute=tone")).status).toBe(404);
});
