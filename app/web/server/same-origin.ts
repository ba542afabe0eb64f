/**
 * True when a request may change state: our own pages sent it. Browsers name the sender in Origin, except that a plain
 * form on a page with `Referrer-Policy: no-referrer` sends "null"; there Sec-Fetch-Site, which no page can forge, decides.
 */
export function isSameOrigin(
  headers: { origin?: string | undefined; secFetchSite?: string | undefined },
  publicOrigin: string,
): boolean {
  if (headers.origin && headers.origin !== "null") return headers.origin === publicOrigin;
  return headers.secFetchSite === "same-origin";
}
