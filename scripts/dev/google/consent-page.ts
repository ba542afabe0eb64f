/** Someone to sign in as. `organization` is Google's `hd`: the Workspace domain that manages the account. */
export type Person = { email: string; name: string; says: string; verified: boolean; organization?: string };

/** The page of the local Google that asks who signs in; each choice leads back to /authorize with it. */
export function consentPage(people: Person[], query: URLSearchParams): string {
  const kept = [...query].filter(([name]) => name !== "account");
  const hidden = kept.map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const choices = people.map(
    (person) => `<li><button name="account" value="${escapeHtml(person.email)}">
      <span class="initial" aria-hidden="true">${escapeHtml(person.name.charAt(0))}</span>
      <span><strong>${escapeHtml(person.name)}</strong><small>${escapeHtml(person.email)}</small></span>
      <em>${escapeHtml(person.says)}</em></button></li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Choose an account · local Google</title>
<style>
  :root { color-scheme: light dark; --line: light-dark(#e3e3e3, #2b2b2b); --muted: light-dark(#585858, #a6a6a6); }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100dvh; display: grid; place-items: center; padding: 16px;
    background: light-dark(#fafafa, #101010); color: light-dark(#161616, #ededed); font: 14px/20px system-ui, sans-serif; }
  main { width: min(400px, 100%); padding: 32px 24px 24px; border: 1px solid var(--line); border-radius: 6px;
    background: light-dark(#fff, #171717); }
  .badge { display: inline-block; padding: 2px 8px; border: 1px solid var(--line); border-radius: 99px; font-size: 12px;
    color: var(--muted); }
  h1 { margin: 16px 0 4px; font-size: 20px; line-height: 28px; font-weight: 600; }
  p { margin: 0; color: var(--muted); }
  ul { margin: 24px 0 16px; padding: 0; list-style: none; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
  li + li { border-top: 1px solid var(--line); }
  button, a { font: inherit; color: inherit; }
  li button { display: flex; align-items: center; gap: 12px; width: 100%; min-height: 56px; padding: 8px 12px; border: 0;
    background: none; text-align: left; cursor: pointer; }
  li button:hover { background: light-dark(#ededed, #252525); }
  :focus-visible { outline: 2px solid light-dark(#2450d0, #92adff); outline-offset: -2px; }
  .initial { flex: none; display: grid; place-items: center; width: 32px; height: 32px; border-radius: 99px;
    background: light-dark(#ededed, #2b2b2b); font-weight: 600; }
  strong, small { display: block; font-weight: 500; }
  small, em { color: var(--muted); font-size: 12px; font-style: normal; }
  em { margin-left: auto; text-align: right; }
  a { display: inline-block; padding: 12px 0; color: var(--muted); text-underline-offset: 3px; }
</style>
</head>
<body>
<main>
  <span class="badge">Local stand-in for Google</span>
  <h1>Choose an account</h1>
  <p>to continue to Diffs</p>
  <form action="/authorize" method="get">${hidden.join("")}<ul>${choices.join("")}</ul></form>
  <a href="${escapeHtml(denied(query))}">Cancel</a>
</main>
</body>
</html>`;
}

/** Where Google leads someone who declines. */
function denied(query: URLSearchParams): string {
  const url = new URL(query.get("redirect_uri") ?? "");
  url.searchParams.set("error", "access_denied");
  url.searchParams.set("state", query.get("state") ?? "");
  return url.href;
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
