import { z } from "zod";
import { baseName, folderBelow, folderName } from "~/features/images/key-layout";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import type { AttributeRoot, LabelSchema } from "~/features/label-schema/label-schema";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";

/** What a start knows before S3 is asked: the label schema, the root, and in the database the last audit. */
export type Known = { db: Db; schema: LabelSchema; root: AttributeRoot };

/** One action on attribute groups, whole: its kind is the run's kind and the intent of its forms. */
export type GroupAction<Kind extends string = string, Payload extends { root: string } = { root: string }> = {
  kind: Kind;
  title: string;
  /** What it does, for the script's help. */
  explains: string;
  /** What a form or a command line is asked for; `key` is one key, `keys` are some. */
  payload: z.ZodType<Payload> & { shape: object };
  describe(payload: Payload): string;
  /** The groups that it changes, as the root's prefix tells them apart. */
  groupsOf(payload: Payload, prefix: string): string[];
  /**
   * Refuses what the schema and the last audit can tell to be wrong; the plan looks at S3 itself.
   * @returns the payload as it is kept, a new name as it will be written
   */
  check(known: Known, payload: Payload): Promise<Payload>;
  plan: ItemHandler<Payload>["plan"];
  /** 8 unless its items must be done one after the other. */
  itemConcurrency?: number;
};

/** Keeps the literal type of `kind`, and holds the action to its payload. */
export function defineGroupAction<const Kind extends string, Payload extends { root: string }>(
  action: GroupAction<Kind, Payload>,
) {
  return action;
}

/** As many objects as a person picks by hand. */
export const KEYS_AT_MOST = 1_000;

export const text = z.string().min(1);

/** Keys, or folders (ending in "/") with all that lies below. */
export const pickedKeys = z.array(text).min(1).max(KEYS_AT_MOST);

/** The groups that keys lie in, each once; none for what lies at the root itself. */
export const groupsOfKeys = (keys: string[], prefix: string): string[] => [
  ...new Set(keys.flatMap((key) => folderBelow(prefix, key) ?? []).map(folderName)),
];

/** “01.png”, or “12 objects”. */
export const keysInWords = (keys: string[]) =>
  keys.length === 1 ? quote(baseName(keys[0]?.replace(/\/$/, "") ?? "")) : `${keys.length} objects`;
