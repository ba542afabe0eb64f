import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = resolve("app/routes");

/** Every folder of app/routes with the file of its module. */
export const routeModules = readdirSync(folder).map((route) => {
  const [name] = readdirSync(join(folder, route)).filter((file) => /^route\.tsx?$/.test(file));
  if (!name) throw new Error(`app/routes/${route} has no route.ts and no route.tsx.`);
  return { route, file: join(folder, route, name) };
});
