import { z } from "zod";
import { auditGroups } from "~/features/attribute-groups/audit/audit-groups";
import { baseName } from "~/features/images/key-layout";
import { defineJob, type JobDefinition } from "~/features/job-runs/kinds/definition";
import { quote } from "~/quote";

/** As many objects as a person picks by hand. */
const KEYS_AT_MOST = 1_000;

const text = z.string().min(1);
/** Keys, or folders (ending in "/") with all that lies below. */
export const pickedKeys = z.array(text).min(1).max(KEYS_AT_MOST);

const payloads = {
  "rename-group": z.strictObject({ root: text, group: text, /** The folder's new name. */ name: text }),
  "merge-groups": z.strictObject({ root: text, /** The group that is no more afterwards. */ group: text, into: text }),
  "move-images": z.strictObject({ root: text, keys: pickedKeys, to: text }),
  "quarantine-objects": z.strictObject({ root: text, keys: pickedKeys }),
  "set-reference": z.strictObject({ root: text, /** The image that shall stand for its group. */ key: text }),
};

/** Every action moves objects to other keys, each by a journal of its own, and has the root audited when it is done. */
function defineAction<const Kind extends string, Payload extends { root: string }>(
  action: Pick<JobDefinition<Kind, Payload>, "kind" | "title" | "payload"> & { describe(payload: Payload): string },
  itemConcurrency = 8,
) {
  return defineJob({
    ...action,
    followUp: (payload: Payload) => ({ definition: auditGroups, payload: { root: payload.root } }),
    lane: "interactive",
    chunkSize: 50,
    itemConcurrency,
    chunkConcurrency: 1,
    retry: { attempts: 4, baseMs: 500, maxMs: 10_000 },
    itemTimeoutMs: 5 * 60 * 1_000,
    canUndo: true,
  });
}

export const renameGroup = defineAction({
  kind: "rename-group",
  title: "Rename group",
  payload: payloads["rename-group"],
  describe: ({ group, name }) => `Rename ${group} to ${name}`,
});

export const mergeGroups = defineAction({
  kind: "merge-groups",
  title: "Merge groups",
  payload: payloads["merge-groups"],
  describe: ({ group, into }) => `Merge ${group} into ${into}`,
});

export const moveImages = defineAction({
  kind: "move-images",
  title: "Move images",
  payload: payloads["move-images"],
  describe: ({ keys, to }) => `Move ${said(keys)} to ${to}`,
});

export const quarantineObjects = defineAction({
  kind: "quarantine-objects",
  title: "Quarantine objects",
  payload: payloads["quarantine-objects"],
  describe: ({ keys }) => `Quarantine ${said(keys)}`,
});

/** One item after the other: what was the reference makes room before the new one takes its name. */
export const setReference = defineAction(
  {
    kind: "set-reference",
    title: "Set reference image",
    payload: payloads["set-reference"],
    describe: ({ key }) => `Make ${baseName(key)} the reference of ${key.split("/").at(-2)}`,
  },
  1,
);

/** Every action, by its kind. */
export const groupActions = {
  "rename-group": renameGroup,
  "merge-groups": mergeGroups,
  "move-images": moveImages,
  "quarantine-objects": quarantineObjects,
  "set-reference": setReference,
};

const groupAction = z.discriminatedUnion("kind", [
  payloads["rename-group"].extend({ kind: z.literal("rename-group") }),
  payloads["merge-groups"].extend({ kind: z.literal("merge-groups") }),
  payloads["move-images"].extend({ kind: z.literal("move-images") }),
  payloads["quarantine-objects"].extend({ kind: z.literal("quarantine-objects") }),
  payloads["set-reference"].extend({ kind: z.literal("set-reference") }),
]);

/** One action with what it is to do. */
export type GroupActionRequest = z.infer<typeof groupAction>;

/** The action that a run of this kind and payload is; null for a run of any other kind. */
export function toGroupAction(kind: string, payload: object): GroupActionRequest | null {
  return kind in groupActions ? groupAction.parse({ ...payload, kind }) : null;
}

/** The groups that an action changes, as the root's prefix tells them apart. */
export function groupsOf(action: GroupActionRequest, prefix: string): string[] {
  const ofKeys = (keys: string[]) =>
    keys.filter((key) => key.includes("/", prefix.length)).map((key) => key.slice(prefix.length).split("/")[0] ?? "");
  switch (action.kind) {
    case "rename-group":
      return [action.group, action.name];
    case "merge-groups":
      return [action.group, action.into];
    case "move-images":
      return [...new Set([...ofKeys(action.keys), action.to])];
    case "quarantine-objects":
      return [...new Set(ofKeys(action.keys))];
    case "set-reference":
      return ofKeys([action.key]);
  }
}

const said = (keys: string[]) =>
  keys.length === 1 ? quote(baseName(keys[0]?.replace(/\/$/, "") ?? "")) : `${keys.length} objects`;
