import { text } from "node:stream/consumers";
import {
  type GroupActionRequest,
  type groupActions,
  pickedKeys,
  toGroupAction,
} from "~/features/attribute-groups/actions/group-actions";
import { quote } from "~/quote";
import { UsageError, type Values } from "../run-script/run-script";

/** What each action is told beside --root: options, and how many keys. */
const actions: Record<keyof typeof groupActions, { options: string[]; keys: "none" | "one" | "some" }> = {
  "rename-group": { options: ["group", "name"], keys: "none" },
  "merge-groups": { options: ["group", "into"], keys: "none" },
  "move-images": { options: ["to"], keys: "some" },
  "quarantine-objects": { options: [], keys: "some" },
  "set-reference": { options: [], keys: "one" },
};

export const optionNames = ["root", "group", "name", "into", "to"];
const isKind = (kind: unknown): kind is keyof typeof actions =>
  typeof kind === "string" && Object.hasOwn(actions, kind);
const isGiven = (value: unknown) => value !== undefined && value !== "";

/** @throws UsageError for what makes no sense by itself */
export function readInput(values: Values) {
  const { KIND: kind } = values;
  if (!isKind(kind))
    throw new UsageError(`${quote(String(kind))} is no action: choose ${Object.keys(actions).join(", ")}.`);
  const { options, keys: wanted } = actions[kind];
  const own = ["root", ...options];
  const missing = own.find((name) => !isGiven(values[name]));
  if (missing) throw new UsageError(`${kind} needs --${missing}.`);
  const foreign = optionNames.find((name) => isGiven(values[name]) && !own.includes(name));
  if (foreign) throw new UsageError(`${kind} has no --${foreign}.`);

  const keys = Array.isArray(values.KEY) ? values.KEY : [];
  if (wanted === "none" && keys[0] !== undefined)
    throw new UsageError(`${kind} takes no key, only options: ${quote(keys[0])}.`);
  if (wanted === "one" && keys.length !== 1) throw new UsageError(`${kind} needs one KEY.`);
  if (wanted === "some" && keys.length === 0) throw new UsageError(`${kind} needs at least one KEY.`);
  return { kind, told: Object.fromEntries(own.map((name) => [name, values[name]])), wanted, keys };
}

/**
 * The action that the command line asks for.
 * @param input where keys are read from, one a line, when “-” is the only one
 * @throws UsageError for what makes no sense, or when `input` holds no key or too many
 */
export async function readAction(values: Values, input: NodeJS.ReadableStream): Promise<GroupActionRequest> {
  const { kind, told, wanted, keys: given } = readInput(values);
  // Lines, since a key may hold spaces.
  const keys = given.join() === "-" ? (await text(input)).split(/\r?\n/).filter(Boolean) : given;
  if (wanted === "one" && keys.length !== 1) throw new UsageError(`${kind} needs one KEY.`);
  if (wanted === "some" && !pickedKeys.safeParse(keys).success) {
    throw new UsageError(`${kind} takes 1 to 1,000 keys, not ${keys.length.toLocaleString("en-US")}.`);
  }
  const payload = { ...told, ...(wanted === "one" && { key: keys[0] }), ...(wanted === "some" && { keys }) };
  const action = toGroupAction(kind, payload);
  if (!action) throw new Error(`There is no action ${kind}.`);
  return action;
}
