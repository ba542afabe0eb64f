import { existsSync } from "node:fs";
import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import express from "express";
import { StartError } from "./start-error";

const CLIENT_FILES = fileURLToPath(new URL("../../build/client", import.meta.url));
const SERVER_BUILD = new URL("../../build/server/index.js", import.meta.url);

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
  const build: ServerBuild = await import(SERVER_BUILD.href);
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
    // Remix's plugin makes this module; Vite does not know its type.
    build: async () => (await vite.ssrLoadModule("virtual:remix/server-build")) as ServerBuild,
    files: vite.middlewares,
    close: () => vite.close(),
  };
}
