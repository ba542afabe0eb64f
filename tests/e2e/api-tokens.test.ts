import { expect, test } from "vitest";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { openTestWindow, whenAlive } from "./support/test-window";

const { url } = await openConsole();
const resolve = `${url}/api/references/resolve?root=Model&mode=tone%2Bangle&tone=warm&angle=front`;
const statusOf = async (token: string | null) =>
  (await fetch(resolve, { headers: { Authorization: `Bearer ${token}` } })).status;

test("an admin gives a program a token, replaces it while both are taken, and revokes the former one", async () => {
  const { context, page, complaints } = await openTestWindow(url);
  await signInByHand(page, "Mina Sato");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "API tokens" }).click();
  await page.getByRole("heading", { level: 1, name: "API tokens" }).waitFor();
  await whenAlive(page);
  const dialog = page.getByRole("dialog");
  const readToken = async () => {
    const token = await dialog.getByText(/^diffs_/).textContent();
    await dialog.getByRole("button", { name: "I have copied it" }).click();
    await dialog.waitFor({ state: "detached" });
    return token;
  };
  const choose = async (ending: string, what: string) => {
    await page.getByRole("button", { name: new RegExp(`^Actions on .* ${ending}$`) }).press("Enter");
    await page.getByRole("menuitem", { name: what }).press("Enter");
    await dialog.waitFor();
  };

  await page.getByRole("button", { name: "Add token" }).click();
  await dialog.getByRole("textbox", { name: "Program" }).fill("environment");
  await dialog.getByRole("button", { name: "Make token" }).click();
  await dialog.getByText("“environment” stands for REFERENCE_TOKEN. Choose another name.").waitFor();
  await dialog.getByRole("textbox", { name: "Program" }).fill("Image agent");
  await dialog.getByRole("button", { name: "Make token" }).click();
  const first = await readToken();
  const row = (token: string | null) => page.getByRole("row").filter({ hasText: `…${token?.slice(-4)}` });
  await row(first).getByText("Valid").waitFor();
  await row(first).getByText("Never").waitFor();
  expect(await statusOf(first)).toBe(200);

  await choose(first?.slice(-4) ?? "", "Replace token…");
  await dialog.getByLabel("The former token ends").selectOption("In 1 day");
  await dialog.getByRole("button", { name: "Make new token" }).click();
  const second = await readToken();
  await row(second).getByText("Valid").waitFor();
  await row(first)
    .getByText(/^Ends in/)
    .waitFor();
  expect([await statusOf(first), await statusOf(second)]).toEqual([200, 200]);

  await choose(first?.slice(-4) ?? "", "Revoke…");
  await dialog.getByText("Requests with it are refused from now on. It was last used").waitFor();
  await dialog.getByRole("button", { name: "Revoke token" }).click();
  await row(first)
    .getByText(/^Ended/)
    .waitFor();
  expect([await statusOf(first), await statusOf(second)]).toEqual([401, 200]);

  await row(second).getByRole("link", { name: "History" }).click();
  await page.getByText(/^“image agent” was given its next token for the API/).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});
