import { existsSync } from "node:fs";
import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import express from "express";
import { StartError } from "./start-error";

const CLIENT_FILES = fileURLToPath(new URL("../../../build/client", import.meta.url));
const SERVER_BUILD = new URL("../../../build/server/index.js", import.meta.url);

/** What the web process serves: pages, and the files that they load. */
export type Pages = {
  build: ServerBuild | (() => Promise<ServerBuild>);
  files: express.Handler;
  close(): Promise<void>;
};

/** Pages without files of their own. */
export const pagesOf = (build: ServerBuild): Pages => ({ build, files: express.Router(), close: async () => {} });

/**
 * The pages that `npm run build` made.
 * @throws StartError when it did not
 */
export async function builtPages(): Promise<Pages> {
  if (!existsSync(SERVER_BUILD)) throw new StartError("The pages are not built: run `npm run build` first.");
  const build = toServerBuild(await import(SERVER_BUILD.href));
  const files = express.Router();
  // Named by their content: what is not there was another build's, and no page.
  files.use("/assets", express.static(`${CLIENT_FILES}/assets`, { immutable: true, maxAge: "1y", index: false }));
  files.use("/assets", (_request, response) => {
    response.status(404).type("text").send("There is no such file in this build.");
  });
  files.use(express.static(CLIENT_FILES, { maxAge: "1h", index: false }));
  return { build, files, close: async () => {} };
}

/** The pages as they are written, reloading, over the server's own port. */
export async function developmentPages(server: Server): Promise<Pages> {
  const { createServer: createViteServer } = await import("vite");
  const vite = await createViteServer({ server: { middlewareMode: true, hmr: { server } }, appType: "custom" });
  return {
    build: async () => toServerBuild(await vite.ssrLoadModule("virtual:remix/server-build")),
    files: vite.middlewares,
    close: () => vite.close(),
  };
}

/** Remix's plugin makes this module; nothing that loads it knows its type. */
function toServerBuild(module: object): ServerBuild {
  if (isServerBuild(module)) return module;
  throw new StartError("What was built is not Remix's: run `npm run build` again.");
}

const isServerBuild = (module: object): module is ServerBuild =>
  ["entry", "routes", "assets", "future", "publicPath"].every((name) => name in module);
