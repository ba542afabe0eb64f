/** As much of a browser as signing in takes: cookies for one host, links and forms that it follows one step at a time. */
export function openBrowser() {
  const cookies = new Map<string, string>();

  async function request(url: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (cookies.size > 0) headers.set("Cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split("; ");
      const name = pair.slice(0, pair.indexOf("="));
      if (attributes.includes("Max-Age=0")) cookies.delete(name);
      else cookies.set(name, pair.slice(name.length + 1));
    }
    return response;
  }

  return {
    cookies,
    get: (url: string) => request(url, {}),
    /** A form of a page of the same site. */
    post: (url: string, headers: Record<string, string> = {}) =>
      request(url, { method: "POST", headers: { Origin: new URL(url).origin, ...headers } }),
  };
}
