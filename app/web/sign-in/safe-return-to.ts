/** Pages that signing in must not lead back to. */
const signInPages = /^\/(login|logout|auth)(\/|\.data|$)/;

/** A sign-in keeps it in a cookie, of which browsers take 4 kB as it is written there. */
const LONGEST = 2_000;

/**
 * The page of ours that `input` names (path, query, fragment), else "/". Nothing it holds leads to another site. Of an address
 * of more than 2,000 characters the path is left.
 */
export function safeReturnTo(input: string | null): string {
  if (!input?.startsWith("/")) return "/";
  // Parsed as browsers will: they drop tabs and newlines and take "\" for "/", so that "/\evil" is another host.
  const base = "https://here.invalid";
  const url = URL.canParse(input, base) ? new URL(input, base) : null;
  if (url?.origin !== base || url.pathname.startsWith("//") || signInPages.test(url.pathname)) return "/";
  const [path = "/"] = [url.href.slice(base.length), url.pathname, "/"].filter(({ length }) => length <= LONGEST);
  return path;
}
