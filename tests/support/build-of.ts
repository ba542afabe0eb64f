import type { ServerBuild } from "@remix-run/node";
import * as entry from "~/entry.server";

/** The path of each and its module of app/routes. */
export type RouteModules = Record<string, Partial<NonNullable<ServerBuild["routes"][string]>["module"]>>;

/** What `remix vite:build` makes, of these routes alone. */
export function buildOf(routes: RouteModules): ServerBuild {
  const entries = Object.entries(routes).map(([path, module]) => {
    const id = path.slice(1);
    return [id, { id, path: id, module: { default: undefined, ...module } }] as const;
  });
  return {
    mode: "production",
    entry: { module: entry },
    routes: Object.fromEntries(entries),
    assets: { entry: { module: "", imports: [] }, routes: {}, url: "", version: "test" },
    publicPath: "/",
    assetsBuildDirectory: "",
    isSpaMode: false,
    future: {
      v3_fetcherPersist: true,
      v3_relativeSplatPath: true,
      v3_throwAbortReason: true,
      v3_singleFetch: true,
      v3_lazyRouteDiscovery: false,
    },
  };
}
