export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const isTheme = (value: unknown): value is Theme => themes.some((theme) => theme === value);

const COOKIE = "theme";

/** The theme of a Cookie header; the server draws it, so that no page flashes. */
export function themeFromCookie(header: string | null): Theme {
  const value = header?.match(/(?:^|;\s*)theme=(\w+)/)?.[1];
  return isTheme(value) ? value : "system";
}

/** Set-Cookie for a year. It says nothing about anyone, so scripts may read it. */
export const themeCookie = (theme: Theme, isSecure: boolean) =>
  `${COOKIE}=${theme}; Path=/; Max-Age=31536000; SameSite=Lax${isSecure ? "; Secure" : ""}`;
