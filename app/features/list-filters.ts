import { findingTypeOf } from "~/features/attribute-groups/narrow-groups";
import { sinceOf } from "./since";

/**
 * What a list is filtered by, as the addresses of its page and of its export say it: the names of the parameters, and what
 * they ask for. A span of time counts back from `now`.
 */
type ListFilter<Asked> = { names: readonly string[]; parse(params: URLSearchParams, now: Date): Asked };

const text = (params: URLSearchParams, name: string) => params.get(name) ?? undefined;

export const eventFilter = {
  names: ["action", "who", "subject", "since"],
  parse: (params, now) => ({
    action: text(params, "action"),
    actor: text(params, "who"),
    subject: text(params, "subject"),
    since: sinceOf(params, now),
  }),
} satisfies ListFilter<unknown>;

export const runFilter = {
  names: ["status", "kind", "who", "since"],
  parse: (params, now) => ({
    status: text(params, "status"),
    kind: text(params, "kind"),
    actor: text(params, "who"),
    since: sinceOf(params, now),
  }),
} satisfies ListFilter<unknown>;

export const itemFilter = {
  names: ["outcome", "class"],
  parse: (params: URLSearchParams) => ({ outcome: text(params, "outcome"), errorClass: text(params, "class") }),
} satisfies ListFilter<unknown>;

/** Of the groups and findings of one root; a type that there is none of filters nothing. */
export const groupFilter = {
  names: ["type"],
  parse: (params: URLSearchParams) => ({ type: findingTypeOf(params.get("type")) }),
} satisfies ListFilter<unknown>;

export const isFiltered = ({ names }: { names: readonly string[] }, params: URLSearchParams) =>
  names.some((name) => params.has(name));

/** The filter alone, of an address that also says which page or item is open. */
export const onlyFilter = ({ names }: { names: readonly string[] }, params: URLSearchParams) =>
  new URLSearchParams([...params].filter(([name]) => names.includes(name)));
