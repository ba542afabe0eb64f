import { allowListsOf } from "~/features/operators/allow-lists-of.server";
import { listOperators } from "~/features/operators/list-operators.server";
import type { Db } from "~/ports/db.server";
import { loadEnv } from "~/ports/env.server";
import { operatorsToText } from "./operators/operators-to-text";
import { readCommand } from "./operators/read-command";
import { steerOperator } from "./operators/steer-operator";
import { actorOfShell } from "./run-script/actor-of-shell";
import { endWith } from "./run-script/end-with";
import { flag, parseOptions } from "./run-script/parse-options";
import { printJson, printText } from "./run-script/print";
import { rehearse } from "./run-script/rehearse";
import { withPorts } from "./run-script/with-ports";

const usage = `Who may sign in to the console: what its page Operators shows and does.

  npx tsx scripts/operators.ts list [--json]
  npx tsx scripts/operators.ts add EMAIL [--role viewer|operator|admin] [--apply] [--json]
  npx tsx scripts/operators.ts role EMAIL viewer|operator|admin [--apply] [--json]
  npx tsx scripts/operators.ts remove EMAIL [--apply] [--json]
  npx tsx scripts/operators.ts release EMAIL [--apply] [--json]
  npx tsx scripts/operators.ts end-sessions EMAIL [--apply] [--json]

  add           lets an address in whatever the lists say, as a viewer unless told; the way back in when no admin is left
  role          gives another role; of an operator whom no list lets in any more, add does
  remove        takes access away at once, whatever the lists say
  release       forgets the Google account: the next one with this address is theirs
  end-sessions  signs out in every browser

  --apply   do it; without it nothing changes
  --json    print exactly one JSON document on stdout
  --help    this text

Exit code: 0 done (without --apply: it can be done), 1 refused, 2 usage.`;

async function main(): Promise<void> {
  const { values, positionals } = readOptions();
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const command = readCommand(positionals, values);
  const env = loadEnv();
  const lists = allowListsOf(env);
  const print = (json: object, text: string) => (values.json ? printJson(json) : printText(text));
  await withPorts(env, async (ports) => {
    if (command.do === "list") {
      const operators = await listOperators(ports, lists);
      print({ operators }, operatorsToText(operators));
      return;
    }
    const steer = (db: Pick<Db, "$write">) =>
      steerOperator({ reads: ports.db, db, clock: ports.clock }, lists, command, actorOfShell());
    const sentence = await (values.apply ? steer(ports.db) : rehearse(ports.db, steer));
    const applied = values.apply;
    print(
      { action: command.do, email: command.email, applied, sentence },
      applied ? `${sentence}.` : `${sentence}, once you add --apply. Nothing has changed.`,
    );
  });
}

function readOptions() {
  return parseOptions({
    options: { role: { type: "string" }, apply: flag, json: flag, help: flag },
    allowPositionals: true,
  });
}

main().catch(endWith);
