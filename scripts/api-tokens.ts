import { addApiToken } from "~/features/api-tokens/add-api-token.server";
import { listApiTokens } from "~/features/api-tokens/list-api-tokens.server";
import { revokeApiToken } from "~/features/api-tokens/revoke-api-token.server";
import { rotateApiToken } from "~/features/api-tokens/rotate-api-token.server";
import { exactTime } from "~/features/format";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { loadEnv } from "~/ports/env.server";
import { quote } from "~/quote";
import { type Change, readCommand } from "./api-tokens/read-command";
import { tokensToText } from "./api-tokens/tokens-to-text";
import { actorOfShell } from "./run-script/actor-of-shell";
import { endWith } from "./run-script/end-with";
import { flag, parseOptions } from "./run-script/parse-options";
import { printJson, printText } from "./run-script/print";
import { rehearse } from "./run-script/rehearse";
import { withPorts } from "./run-script/with-ports";

const usage = `Which programs may ask the API, and by which tokens: what the page API tokens shows and does.

  npx tsx scripts/api-tokens.ts list [--json]
  npx tsx scripts/api-tokens.ts add PROGRAM [--apply] [--json]
  npx tsx scripts/api-tokens.ts rotate PROGRAM [--keep-days N] [--apply] [--json]
  npx tsx scripts/api-tokens.ts revoke TOKEN [--apply] [--json]

  add          makes the first token of a program ("image agent") and prints it, this once
  rotate       makes its next one; the former one goes on for 7 days, unless --keep-days says otherwise (0: it ends at once)
  revoke       ends one token at once, by its number in the list

  --apply   do it; without it nothing changes, and no token is printed
  --json    print exactly one JSON document on stdout
  --help    this text

Exit code: 0 done (without --apply: it can be done), 1 refused, 2 usage.`;

async function main(): Promise<void> {
  const { values, positionals } = parseOptions({
    options: { "keep-days": { type: "string" }, apply: flag, json: flag, help: flag },
    allowPositionals: true,
  });
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const command = readCommand(positionals, { apply: values.apply, keepDays: values["keep-days"] });
  const env = loadEnv();
  await withPorts(env, async ({ db, clock }) => {
    if (command.do === "list") {
      const tokens = await listApiTokens({ db, clock }, { hasEnvironmentToken: env.REFERENCE_TOKEN !== undefined });
      if (values.json) printJson({ tokens });
      else printText(tokensToText(tokens));
      return;
    }
    const work = (to: Pick<Db, "$write">) => change({ db: to, clock }, command);
    const { sentence, token, ...done } = await (values.apply ? work(db) : rehearse(db, work));
    const made = values.apply && token !== null;
    if (values.json) {
      printJson({ action: command.do, ...done, applied: values.apply, sentence, ...(made && { token }) });
    } else if (!values.apply) printText(`${sentence}, once you add --apply. Nothing has changed.`);
    else printText(made ? `${sentence}. It is not shown again:\n${token}` : `${sentence}.`);
  });
}

type Done = { sentence: string; client: string; token: string | null };

async function change(ports: { db: Pick<Db, "$write">; clock: Clock }, command: Change): Promise<Done> {
  const actor = actorOfShell();
  switch (command.do) {
    case "add": {
      const { client, token } = await addApiToken(ports, { ...command, actor });
      return { sentence: `${quote(client)} has a token`, client, token };
    }
    case "rotate": {
      const { client, token, formerEndsAt } = await rotateApiToken(ports, { ...command, actor });
      const former =
        command.keptDays === 0 ? "the former one has ended" : `the former one ends ${exactTime(formerEndsAt)}`;
      return { sentence: `${quote(client)} has its next token, and ${former}`, client, token };
    }
    case "revoke": {
      const { client, ending } = await revokeApiToken(ports, { ...command, actor });
      return {
        sentence: `The token of ${quote(client)} that ends in ${quote(ending)} is revoked`,
        client,
        token: null,
      };
    }
  }
}

main().catch(endWith);
