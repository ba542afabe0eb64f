import { startGroupAction } from "~/features/attribute-groups/actions/start-group-action.server";
import { isKnownError } from "~/features/known-error";
import { optionNames, readAction, readInput } from "./group-action/read-action";
import { runScript, UsageError } from "./run-script/run-script";

await runScript({
  usage: `Changes attribute groups, as the pages of the console do. Every object moves by a journal: the run can be undone, and
an audit of the root follows once a worker runs (npm run worker).

  npx tsx scripts/group-action.ts rename-group --root ROOT --group GROUP --name NAME [--apply] [--json]
      all that lies in the group's folder goes below the folder NAME, which must not exist
  npx tsx scripts/group-action.ts merge-groups --root ROOT --group GROUP --into GROUP [--apply] [--json]
      all that lies in the group's folder goes into the other one, which keeps its reference image
  npx tsx scripts/group-action.ts move-images --root ROOT --to GROUP KEY… [--apply] [--json]
      the objects go directly into the group's folder, a new one if its name can be read
  npx tsx scripts/group-action.ts quarantine-objects --root ROOT KEY… [--apply] [--json]
      the objects go to trash/, out of every group
  npx tsx scripts/group-action.ts set-reference --root ROOT KEY [--apply] [--json]
      the image becomes the only reference of the group that it lies in

  --root    an attribute root of labels/schema.json, such as Model
  --group   the group's folder as the last audit saw it, such as front_warm
  KEY       a whole key; one that ends in “/” stands for all below it. “-” alone reads keys from standard input, one a
            line; “--” before the first one lets a key begin with “-”`,
  options: Object.fromEntries(optionNames.map((name) => [name, { type: "string" }])),
  arguments: ["KIND", "KEY…"],
  check(values) {
    readInput(values);
  },
  async start(ports, values, actor) {
    const action = await readAction(values, process.stdin);
    try {
      return await startGroupAction(ports, action, actor);
    } catch (error) {
      // What the schema or the last audit do not know was told wrong; a conflict is no mistake of whoever asks.
      if (isKnownError(error, "DomainError") && error.code !== "conflict") throw new UsageError(error.message);
      throw error;
    }
  },
});
