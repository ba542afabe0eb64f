/** Pages that signing in must not lead back to. */
const signInPages = /^\/(login|logout|auth)(\/|\.data|$)/;

/** The page of ours that `input` names (path, query, fragment), else "/". Nothing it holds leads to another site. */
export function safeReturnTo(input: string | null): string {
  if (!input?.startsWith("/")) return "/";
  // Parsed as browsers will: they drop tabs and newlines and take "\" for "/", so that "/\evil" is another host.
  const base = "https://here.invalid";
  const url = URL.canParse(input, base) ? new URL(input, base) : null;
  if (url?.origin !== base || url.pathname.startsWith("//") || signInPages.test(url.pathname)) return "/";
  return url.pathname + url.search + url.hash;
}
