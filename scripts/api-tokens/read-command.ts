import { KEPT_DAYS, readClientName, readKeptDays } from "~/features/api-tokens/api-token";
import { quote } from "~/quote";
import { UsageError } from "../run-script/end-with";

/** What changes something about the tokens of one program. */
export type Change =
  | { do: "add"; client: string }
  | { do: "rotate"; client: string; keptDays: number }
  | { do: "revoke"; tokenId: number };

/** @throws UsageError */
export function readCommand(
  words: string[],
  options: { keepDays?: string | undefined; apply: boolean },
): Change | { do: "list" } {
  const [verb, whom, ...rest] = words;
  if (options.keepDays !== undefined && verb !== "rotate") throw new UsageError("--keep-days works with rotate only.");
  if (verb === "list") {
    if (whom !== undefined || options.apply) throw new UsageError("list takes --json only.");
    return { do: verb };
  }
  if (verb !== "add" && verb !== "rotate" && verb !== "revoke") {
    const said = verb === undefined ? "Nothing is said to do" : `${quote(verb)} is not known`;
    throw new UsageError(`${said}: give list, add, rotate or revoke.`);
  }
  const what = verb === "revoke" ? "TOKEN" : "PROGRAM";
  if (whom === undefined) throw new UsageError(`Give the ${what}: ${verb} ${what}.`);
  if (rest.length > 0) {
    const advice = verb === "revoke" ? "" : " Write a name of several words in quotation marks.";
    throw new UsageError(`Give one ${what}, not ${quote(rest.join(" "))} too.${advice}`);
  }
  if (verb === "revoke") {
    if (!/^\d{1,15}$/.test(whom)) throw new UsageError(`${quote(whom)} is not the number of a token. list shows them.`);
    return { do: verb, tokenId: Number(whom) };
  }
  const read = readClientName(whom);
  if ("complaint" in read) throw new UsageError(read.complaint);
  if (verb === "add") return { do: verb, client: read.client };
  const kept = readKeptDays(options.keepDays ?? String(KEPT_DAYS));
  if ("complaint" in kept) throw new UsageError(kept.complaint);
  return { do: verb, client: read.client, keptDays: kept.days };
}
