import { text } from "node:stream/consumers";
import { pickedKeys } from "~/features/attribute-groups/actions/group-action";
import {
  findGroupAction,
  type GroupActionRequest,
  groupActions,
  toGroupAction,
} from "~/features/attribute-groups/actions/group-actions.server";
import { quote } from "~/quote";
import { UsageError, type Values } from "../run-script/run-script";

type Shape = (typeof groupActions)[number]["payload"]["shape"];

const isOption = (name: string) => name !== "key" && name !== "keys";
const optionsOf = (shape: Shape) => Object.keys(shape).filter(isOption);
const keysOf = (shape: Shape) => ("keys" in shape ? "some" : "key" in shape ? "one" : "none");

/** The options of all actions beside the keys: an action is told the fields of its payload. */
export const optionNames = [...new Set(groupActions.flatMap(({ payload }) => optionsOf(payload.shape)))];

/** What stands for an option's value, where it is not called as the option is. */
const placeholders: Record<string, string> = { into: "GROUP", to: "GROUP" };

/** The form and the meaning of every action, for the help. */
export const actionsHelp = groupActions.map(({ kind, explains, payload: { shape } }) => {
  const options = optionsOf(shape).map((name) => `--${name} ${placeholders[name] ?? name.toUpperCase()}`);
  const keys = { some: ["KEY…"], one: ["KEY"], none: [] }[keysOf(shape)];
  const command = ["npx tsx scripts/group-action.ts", kind, ...options, ...keys, "[--apply] [--json]"].join(" ");
  return `  ${command}\n      ${explains}`;
});

const isGiven = (value: unknown) => value !== undefined && value !== "";

/** @throws UsageError for what makes no sense by itself */
export function readInput(values: Values) {
  const { KIND } = values;
  const action = typeof KIND === "string" ? findGroupAction(KIND) : undefined;
  if (!action) {
    throw new UsageError(
      `${quote(String(KIND))} is not an action: choose ${groupActions.map(({ kind }) => kind).join(", ")}.`,
    );
  }
  const { kind, payload } = action;
  const own = optionsOf(payload.shape);
  const wanted = keysOf(payload.shape);
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
  return toGroupAction(kind, {
    ...told,
    ...(wanted === "one" && { key: keys[0] }),
    ...(wanted === "some" && { keys }),
  });
}
