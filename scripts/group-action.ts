import { startGroupAction } from "~/features/attribute-groups/actions/start-group-action.server";
import { isKnownError } from "~/features/known-error";
import { actionsHelp, optionNames, readAction, readInput } from "./group-action/read-action";
import { runScript, UsageError } from "./run-script/run-script";

await runScript({
  usage: `Changes attribute groups, as the pages of the console do. Every object moves by a journal: the run can be undone, and
an audit of the root follows once a worker runs (npm run worker).

${actionsHelp.join("\n")}

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
