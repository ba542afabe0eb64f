import { Refusal } from "./ports.ts";

/** A visitor without a browser: keeps cookies and follows redirects by hand, so that each step can be seen. */
type Visitor = { get(path: string): Promise<{ status: number; html: string; location: string | null }> };

/**
 * Signs in through the local Google, as the sign-in page does.
 * @param email one of the local Google's people
 * @throws Refusal when the console does not let them in
 */
export async function signIn(url: string, email: string): Promise<Visitor> {
  const cookies = new Map<string, string>();
  async function request(address: string, init: RequestInit = {}): Promise<Response> {
    const isOurs = address.startsWith(url);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...init.headers, ...(isOurs && cookie && { cookie }) };
    const response = await fetch(address, { ...init, headers, redirect: "manual" });
    for (const line of isOurs ? response.headers.getSetCookie() : []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name && value !== undefined) cookies.set(name, value);
    }
    return response;
  }
  const locationOf = (response: Response) => new URL(response.headers.get("location") ?? "", response.url).href;

  const toGoogle = new URL(
    locationOf(await request(`${url}/auth/google`, { method: "POST", headers: { origin: url } })),
  );
  toGoogle.searchParams.set("account", email);
  const back = await request(locationOf(await request(toGoogle.href)));
  const landing = locationOf(back);
  if (back.status !== 302 || !landing.startsWith(url) || new URL(landing).pathname === "/login") {
    throw new Refusal(`Signing in as ${email} led to ${landing} (${back.status}).`);
  }
  return {
    async get(path) {
      const response = await request(url + path);
      return { status: response.status, html: await response.text(), location: response.headers.get("location") };
    },
  };
}

/**
 * Opens each page as an admin.
 * @throws Refusal naming the page that did not answer, or answered without the product's title
 */
export async function checkPages(url: string, email: string, pages: { path: string }[], title: string): Promise<void> {
  const visitor = await signIn(url, email);
  for (const { path } of pages) {
    const { status, html } = await visitor.get(path);
    const found = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? "";
    if (status !== 200) throw new Refusal(`${path} answered ${status} instead of 200.`);
    if (!found.includes(title)) throw new Refusal(`${path} is titled “${found}”, which lacks “${title}”.`);
  }
}
