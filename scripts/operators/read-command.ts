import { readOperatorEmail } from "~/features/operators/operator-email";
import { type Role, roles } from "~/features/operators/role";
import { quote } from "~/quote";
import { UsageError } from "../run-script/end-with";

/** What changes something about one operator. */
export type Change =
  | { do: "add" | "role"; email: string; role: Role }
  | { do: "remove" | "release" | "end-sessions"; email: string };

type Command = Change | { do: "list" };

/** @throws UsageError */
export function readCommand(words: string[], options: { role?: string; apply: boolean }): Command {
  const [verb, address, ...rest] = words;
  if (verb === "list") {
    if (address !== undefined || options.apply || options.role) throw new UsageError("list takes --json only.");
    return { do: "list" };
  }
  if (verb === "role") {
    if (options.role) throw new UsageError("role takes the role as its last word: role EMAIL ROLE.");
    return { do: verb, email: readEmail(verb, address), role: readRole(onlyRole(rest)) };
  }
  if (rest.length > 0) throw new UsageError(`Give one EMAIL, not ${quote(rest.join(" "))} too.`);
  if (verb === "add") return { do: verb, email: readEmail(verb, address), role: readRole(options.role ?? "viewer") };
  if (options.role) throw new UsageError("--role works with add only.");
  if (verb === "remove" || verb === "release" || verb === "end-sessions") {
    return { do: verb, email: readEmail(verb, address) };
  }
  const said = verb === undefined ? "Nothing is said to do" : `${quote(verb)} is not known`;
  throw new UsageError(`${said}: give list, add, role, remove, release or end-sessions.`);
}

function onlyRole(words: string[]): string {
  if (words.length > 1) throw new UsageError("Give one ROLE.");
  return words[0] ?? "";
}

function readEmail(verb: string, written: string | undefined): string {
  if (written === undefined) throw new UsageError(`Give the EMAIL: ${verb} EMAIL.`);
  const read = readOperatorEmail(written);
  if ("complaint" in read) throw new UsageError(read.complaint);
  return read.email;
}

function readRole(word: string): Role {
  const role = roles.find((each) => each === word);
  if (role) return role;
  throw new UsageError(`${quote(word)} is not a role: give ${roles.join(", ").replace(/, (\w+)$/, " or $1")}.`);
}
