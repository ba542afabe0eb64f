import type { ImageQuery } from "~/features/images/query/image-query";
import { startReassignment } from "~/features/owners/reassign/start-reassignment.server";
import { asUsage, queryHelp, readImageQuery } from "./run-script/image-query";
import { runScript, UsageError, type Values } from "./run-script/run-script";

await runScript({
  usage: `Gives images to another owner. Objects and their keys stay as they are, unless you say --rekey.

  npx tsx scripts/reassign-owner.ts --to OWNER (--from OWNER | --unowned | --query Q | --all) [--rekey] [--apply] [--json]

  --to       the new owner (its id)
  --from     the images of this owner (its id)
  --unowned  the images that belong to nobody
  --query    ${queryHelp}
  --all      every image
  --rekey    also moves what lies under the present owner's keys (generated/OLD/…, uploads/OLD/…) to the new owner's,
             object by object; a key that is taken is never overwritten`,
  options: {
    to: { type: "string" },
    from: { type: "string" },
    unowned: { type: "boolean" },
    query: { type: "string" },
    all: { type: "boolean" },
    rekey: { type: "boolean" },
  },
  check(values) {
    readArguments(values);
  },
  async start(ports, values, actor) {
    const { query, toOwnerId } = readArguments(values);
    const rekey = values.rekey === true;
    return asUsage(() => startReassignment(ports, { selection: { query }, toOwnerId, rekey, actor }));
  },
});

function readArguments(values: Values): { query: ImageQuery; toOwnerId: string } {
  if (typeof values.to !== "string" || values.to === "") throw new UsageError("Say who gets the images: --to OWNER.");
  const given = ["from", "unowned", "query", "all"].filter((name) => values[name] !== undefined);
  if (given.length !== 1) {
    throw new UsageError("Say which images: one of --from OWNER, --unowned, --query Q and --all.");
  }
  return { query: readQuery(values), toOwnerId: values.to };
}

function readQuery({ from, unowned, query }: Values): ImageQuery {
  if (from === "") throw new UsageError("--from names no images.");
  if (typeof from === "string") return { owner: [from] };
  if (unowned) return { unowned: true };
  return typeof query === "string" ? readImageQuery(query) : { all: true };
}
