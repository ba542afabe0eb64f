import { startThumbnails } from "~/features/thumbnails/start-thumbnails.server";
import { quote } from "~/quote";
import { runScript, UsageError } from "./run-script/run-script";

await runScript({
  usage: `Makes the thumbnails of images that lack one or have changed since it was made.

  npx tsx scripts/backfill-thumbnails.ts [--force] [--owner OWNER] [--apply] [--json]

  --force   make all of them again, and retry those that could not be read
  --owner   only images of this owner (its id)`,
  options: { force: { type: "boolean", default: false }, owner: { type: "string" } },
  async start(ports, values, actor) {
    const owner = typeof values.owner === "string" ? values.owner : undefined;
    if (owner !== undefined && !(await ports.db.owner.findUnique({ where: { id: owner } }))) {
      throw new UsageError(`There is no owner ${quote(owner)}.`);
    }
    const selection = owner === undefined ? undefined : { query: { owner: [owner] } };
    return startThumbnails(ports, { selection, force: values.force === true, actor });
  },
});
