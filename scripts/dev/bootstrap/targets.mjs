import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprint, isStamped, Refusal, runNode, stamp } from "./steps.mjs";

/** Generates the database client from the schema. */
export function prismaStep(root) {
  const print = () =>
    fingerprint(root, ["prisma/schema.prisma"], {
      text: JSON.parse(readFileSync(join(root, "node_modules", "prisma", "package.json"), "utf8")).version,
    });
  return target(root, {
    title: "Generating the database client",
    name: "prisma",
    print,
    made: "app/ports/prisma/client.ts",
    args: ["node_modules/prisma/build/index.js", "generate"],
    // Any existing file keeps `generate` from downloading a schema engine, which the WASM client never uses.
    env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" },
  });
}

/** Builds the console's pages. */
export function webStep(root) {
  const inputs = ["app", "public", "prisma/schema.prisma", "labels/schema.json", "vite.config.ts", "remix.config.js"];
  const keeps = (path) => !/\.test\.tsx?$/.test(path) && path !== join("app", "ports", "prisma");
  return target(root, {
    title: "Building the console",
    name: "web",
    print: () => fingerprint(root, [...inputs, "tsconfig.json", "package-lock.json"], { keeps }),
    made: "build/server/index.js",
    args: ["node_modules/@remix-run/dev/dist/cli.js", "vite:build"],
    env: { NODE_ENV: "production" },
  });
}

function target(root, { title, name, print, made, args, env }) {
  return {
    title,
    isCurrent: () => existsSync(join(root, made)) && isStamped(root, name, print()),
    run: async () => {
      const input = print();
      const { code, output } = await runNode(root, args, env);
      if (code !== 0) throw new Refusal(`${output.trimEnd()}\n${title} failed: see above.`);
      stamp(root, name, input);
    },
  };
}
