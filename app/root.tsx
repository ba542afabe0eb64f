import { data, type LinksFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useFetchers,
  useLoaderData,
  useRouteLoaderData,
} from "@remix-run/react";
import { type ReactNode, useState } from "react";
import { brand, pageTitle } from "./brand";
import { ErrorPage } from "./components/error-page";
import { LoadedAtProvider } from "./components/now";
import { isTheme, type Theme, themeFromCookie } from "./components/theme";
import { SayProvider, type Toast, Toasts } from "./components/ui/toast";
import styles from "./styles.css?url";
import { useUnsent } from "./web/connection/trouble";
import { readFlash } from "./web/flash.server";
import { useNonce } from "./web/sign-in/nonce";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: styles },
  { rel: "icon", href: "/favicon.ico", sizes: "32x32" },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
  { rel: "apple-touch-icon", href: "/favicon.png" },
];

export const meta: MetaFunction = () => [{ title: pageTitle() }, { name: "application-name", content: brand.title }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { flash, headers } = await readFlash({ request, context });
  const theme = themeFromCookie(request.headers.get("Cookie"));
  return data({ theme, loadedAt: context.ports.clock.now().getTime(), toast: flash }, { headers });
}

export function Layout({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>("root");
  const nonce = useNonce();
  const theme = useTheme(root?.theme ?? "system");
  return (
    <html lang="en" data-theme={theme === "system" ? undefined : theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <Meta />
        <Links />
        {/* Nothing is painted before the shell is whole: half a row of buttons would jump once the others have come. */}
        <link {...{ rel: "expect", href: "#shell-end", blocking: "render" }} />
      </head>
      <body>
        <LoadedAtProvider value={root?.loadedAt ?? 0}>{children}</LoadedAtProvider>
        <span id="shell-end" hidden />
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

/** The theme that was just chosen, before the server has answered. */
function useTheme(stored: Theme): Theme {
  const chosen = useFetchers()
    .find((fetcher) => fetcher.formAction === "/theme")
    ?.formData?.get("theme");
  return isTheme(chosen) ? chosen : stored;
}

export default function App() {
  const { toast } = useLoaderData<typeof loader>();
  const unsent = useUnsent();
  const [said, setSaid] = useState<Toast | null>(null);
  return (
    <SayProvider value={setSaid}>
      <Outlet />
      <Toasts toast={toast} unsent={unsent} said={said} />
    </SayProvider>
  );
}

export const ErrorBoundary = ErrorPage;
