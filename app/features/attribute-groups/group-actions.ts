import { z } from "zod";
import { baseName } from "~/features/images/key-layout";
import { defineJob, type JobDefinition } from "~/features/job-runs/definition";
import { auditGroups } from "./audit-groups";

/** As many objects as a person picks by hand. */
const KEYS_AT_MOST = 1_000;

const root = z.string().min(1);
const group = z.string().min(1);
const keys = z.array(z.string().min(1)).min(1).max(KEYS_AT_MOST);

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
  payload: z.strictObject({ root, group, /** The folder's new name. */ name: group }),
  describe: ({ group, name }) => `Rename ${group} to ${name}`,
});

export const mergeGroups = defineAction({
  kind: "merge-groups",
  title: "Merge groups",
  payload: z.strictObject({ root, /** The group that is no more afterwards. */ group, into: group }),
  describe: ({ group, into }) => `Merge ${group} into ${into}`,
});

export const moveImages = defineAction({
  kind: "move-images",
  title: "Move images",
  payload: z.strictObject({ root, /** Keys, or folders (ending in "/") with all that lies below. */ keys, to: group }),
  describe: ({ keys, to }) => `Move ${said(keys)} to ${to}`,
});

export const quarantineObjects = defineAction({
  kind: "quarantine-objects",
  title: "Quarantine objects",
  payload: z.strictObject({ root, /** Keys, or folders (ending in "/") with all that lies below. */ keys }),
  describe: ({ keys }) => `Quarantine ${said(keys)}`,
});

/** One item after the other: what was the reference makes room before the new one takes its name. */
export const setReference = defineAction(
  {
    kind: "set-reference",
    title: "Set reference image",
    payload: z.strictObject({ root, /** The image that shall stand for its group. */ key: z.string().min(1) }),
    describe: ({ key }) => `Make ${baseName(key)} the reference of ${key.split("/").at(-2)}`,
  },
  1,
);

const said = (keys: string[]) =>
  keys.length === 1 ? `“${baseName(keys[0]?.replace(/\/$/, "") ?? "")}”` : `${keys.length} objects`;
