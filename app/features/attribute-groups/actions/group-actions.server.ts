import { z } from "zod";
import { DomainError } from "~/features/domain-error";
import { quote } from "~/quote";
import type { GroupAction } from "./group-action";
import { mergeGroups } from "./merge-groups.server";
import { moveImages } from "./move-images.server";
import { quarantineObjects } from "./quarantine-objects.server";
import { renameGroup } from "./rename-group.server";
import { setReference } from "./set-reference.server";

/** Every action on attribute groups: pages, scripts, the worker and the guard know them from here. */
const actions = [renameGroup, mergeGroups, moveImages, quarantineObjects, setReference] as const;

/** The same for code that treats all alike. */
export const groupActions: readonly GroupAction[] = actions;

type RequestOf<Action> = Action extends { kind: infer Kind; payload: z.ZodType<infer Payload> }
  ? Payload & { kind: Kind }
  : never;

/** One action with what it is to do. */
export type GroupActionRequest = RequestOf<(typeof actions)[number]>;

export const findGroupAction = (kind: string) => groupActions.find((action) => action.kind === kind);

/** @throws DomainError "invalid" for a kind that is none */
export function requireGroupAction(kind: string): GroupAction {
  const action = findGroupAction(kind);
  if (action) return action;
  throw new DomainError("invalid", `${quote(kind)} is not an action on attribute groups.`);
}

/**
 * The action of this kind with what it is to do, as its payload's schema reads it.
 * @throws ZodError; DomainError "invalid" for a kind that is none
 */
export function toGroupAction(kind: string, payload: object): GroupActionRequest {
  const request = { ...requireGroupAction(kind).payload.parse(payload), kind };
  if (isRequest(request)) return request;
  throw new DomainError("invalid", `${quote(kind)} is not an action on attribute groups.`);
}

/** Every field that the payload of any of them has: each action checks its own. */
const payloadFields = Object.fromEntries(
  groupActions.flatMap(({ payload }) => Object.keys(payload.shape)).map((name) => [name, z.unknown().optional()]),
);

/**
 * The action that a form asks for: its intent is the kind, and of its fields those count that the payload has. The root is
 * that of the page, so any stands in for it here.
 */
export const groupActionForm = z.object({ ...payloadFields, intent: z.string() }).transform((form, context) => {
  const { intent, ...fields } = form;
  const payload = findGroupAction(intent)?.payload;
  const own = Object.fromEntries(Object.entries(fields).filter(([name]) => payload && name in payload.shape));
  const issues = payload ? payload.safeParse({ ...own, root: "any" }).error?.issues : [{ message: "No such action." }];
  for (const { message } of issues ?? []) context.addIssue(message);
  return { kind: intent, fields: own };
});

function isRequest(request: { kind: string }): request is GroupActionRequest {
  const { kind, ...payload } = request;
  return requireGroupAction(kind).payload.safeParse(payload).success;
}
