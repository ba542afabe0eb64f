import { expect, test } from "vitest";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { open, openTestWindow, whenAlive } from "./support/test-window";

const { url } = await openConsole();

test("an owner is created, renamed, merged, and back after the undo", async () => {
  const { context, page, complaints } = await openTestWindow(url);
  await signInByHand(page, "Mina Sato");
  const row = (name: string) => page.getByRole("row", { name: new RegExp(`^${name}`) });
  const run = async (button: string | RegExp) => {
    await page.getByRole("button", { name: button }).click();
    await page.getByRole("status").getByText("Succeeded", { exact: true }).waitFor();
  };
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Owners", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Owners" }).waitFor();
  await whenAlive(page);

  await page.getByRole("button", { name: "New owner" }).click();
  await page.getByLabel("ID", { exact: true }).fill("jun-park");
  await page.getByRole("textbox", { name: "Name" }).fill("Mina");
  await page.getByRole("button", { name: "Create owner" }).click();
  await page.getByText("There is already an owner with the ID “jun-park”").waitFor();
  await page.getByLabel("ID", { exact: true }).fill("u-1042");
  await page.getByRole("button", { name: "Create owner" }).click();
  await page.getByText("“Mina” was created.", { exact: true }).waitFor();

  await row("Mina").getByRole("button", { name: "Rename Mina" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Mina Sato");
  await page.getByRole("button", { name: "Save owner" }).click();
  await row("Mina Sato").getByText("u-1042").waitFor();

  await open(page, "/images?owner=u-1042");
  await page.getByRole("link", { name: "Remove filter: owned by “Mina Sato”" }).waitFor();
  await open(page, "/owners");

  await row("jun-park").getByRole("button", { name: "Merge jun-park" }).click();
  await page.getByRole("combobox", { name: "Merge into" }).fill("1042");
  await page.getByRole("option", { name: "Mina Sato" }).click();
  await page.getByRole("button", { name: "Plan the merge" }).click();
  await page.getByText("6 keys still begin with “generated/jun-park/”, “uploads/jun-park/”, or “jun-park/”.").waitFor();
  await run(/^Apply/);

  await open(page, "/owners");
  await row("Mina Sato").getByRole("cell", { name: "6", exact: true }).waitFor();
  expect(await row("jun-park").count()).toBe(0);

  await page.goBack();
  await page.getByRole("button", { name: /^Undo/ }).click();
  await page.getByText("Restores what run").waitFor();
  await run(/^Apply/);
  await open(page, "/owners?text=jun-park");
  await row("jun-park").getByRole("cell", { name: "6", exact: true }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test("an admin lets someone in, and takes an operator out of the browser they work in", async () => {
  const mina = await openTestWindow(url);
  const jun = await openTestWindow(url);
  await signInByHand(jun.page, "Jun Park");
  const { page } = mina;
  await signInByHand(page, "Mina Sato");
  const row = (name: string) => page.getByRole("row", { name: new RegExp(`^${name}`) });
  const choose = async (email: string, what: string) => {
    await page.getByRole("button", { name: `Actions on ${email}` }).press("Enter");
    await page.getByRole("menuitem", { name: what }).press("Enter");
    await page.getByRole("dialog").waitFor();
  };
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Operators" }).click();
  await page.getByRole("heading", { level: 1, name: "Operators" }).waitFor();
  await whenAlive(page);

  await page.getByRole("button", { name: "Add operator" }).click();
  await page.getByRole("textbox", { name: "Email" }).fill("mina@diffs.studio");
  await page.getByRole("dialog").getByRole("button", { name: "Add operator" }).click();
  await page.getByText("mina@diffs.studio is an operator already, with the role “admin”.").waitFor();
  await page.getByRole("textbox", { name: "Email" }).fill("new@elsewhere.example");
  await page.getByRole("dialog").getByRole("button", { name: "Add operator" }).click();
  await row("new@elsewhere.example").getByText("Account not known yet").waitFor();

  await choose("mina@diffs.studio", "Remove…");
  await page.getByRole("button", { name: "Remove operator" }).click();
  await page.getByText("mina@diffs.studio is the last admin who can sign in.").waitFor();
  await page.getByRole("button", { name: "Keep operator" }).click();

  await choose("jun@diffs.studio", "Change role…");
  await page.getByLabel("Role", { exact: true }).selectOption("viewer");
  await page.getByRole("button", { name: "Change role" }).click();
  await row("Jun Park").getByText("viewer").waitFor();
  await jun.page.goto("/operators");
  await jun.page.getByText("This needs the role “admin”, yours is “viewer”.").waitFor();

  await choose("jun@diffs.studio", "Remove…");
  await page.getByRole("button", { name: "Remove operator" }).click();
  await row("Jun Park").getByText("Removed").waitFor();
  await jun.page.goto("/schedules");
  await jun.page.getByRole("button", { name: "Sign in with Google" }).waitFor();

  await row("Jun Park").getByRole("link", { name: "History" }).click();
  await page.getByText("jun@diffs.studio was removed from the operators").waitFor();
  expect(mina.complaints).toEqual([]);
  await mina.context.close();
  await jun.context.close();
});
