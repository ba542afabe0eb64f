import { quote } from "~/quote";
import { Refusal } from "../console/ports";
import { openBrowser } from "./http-browser";

const locationOf = (response: Response) => new URL(response.headers.get("location") ?? "", response.url);

/** Signs in through the local Google, as the sign-in page does. @throws Refusal when the console keeps `email` out */
export async function signIn(browser: ReturnType<typeof openBrowser>, url: string, email: string): Promise<void> {
  const toGoogle = locationOf(await browser.post(`${url}/auth/google`));
  toGoogle.searchParams.set("account", email);
  const back = await browser.get(locationOf(await browser.get(toGoogle.href)).href);
  const landing = locationOf(back);
  if (back.status !== 302 || landing.origin !== url || landing.pathname === "/login") {
    throw new Refusal(`Signing in as ${email} led to ${landing.href} (${back.status}).`);
  }
}

/**
 * Opens each page, signed in.
 * @param email one of the local Google's people
 * @throws Refusal naming the page that did not answer 200, or answered without the product's title
 */
export async function checkPages(url: string, email: string, pages: { path: string }[], title: string): Promise<void> {
  const browser = openBrowser();
  await signIn(browser, url, email);
  for (const { path } of pages) {
    const response = await browser.get(url + path);
    if (response.status !== 200) throw new Refusal(`${path} answered ${response.status} instead of 200.`);
    const found = /<title>([^<]*)<\/title>/.exec(await response.text())?.[1] ?? "";
    if (!found.includes(title)) throw new Refusal(`${path} is titled ${quote(found)}, which lacks ${quote(title)}.`);
  }
}
