import { parseImageAddress, toImageAddress } from "~/features/images/query/image-address";
import type { ImageQuery } from "~/features/images/query/image-query";

export type FilterKind =
  | "dates"
  | "pixels"
  | "bytes"
  | "prefix"
  | "owner"
  | "folder"
  | "label"
  | "labelSource"
  | "labelRun"
  | "unreadable";

/** The fields of a filter's form, as they were typed; one that was left empty lets everything through. */
type Typed = (name: string) => string;

type Params = [name: string, value: string][];

/** Which parameters of the address each filter sets; those that it adds to keep what is there. */
const filters: Record<FilterKind, { sets: string[]; params: (typed: Typed) => Params }> = {
  dates: { sets: ["since", "until"], params: (typed) => same(typed, ["since", "until"]) },
  pixels: {
    sets: ["minWidth", "maxWidth", "minHeight", "maxHeight"],
    params: (typed) => same(typed, ["minWidth", "maxWidth", "minHeight", "maxHeight"]),
  },
  bytes: {
    sets: ["minBytes", "maxBytes"],
    params: (typed) =>
      ["minBytes", "maxBytes"].map((name) => {
        const size = typed(name);
        return [name, size === "" ? "" : String(Math.round(Number(size) * Number(typed("unit"))))];
      }),
  },
  prefix: { sets: ["prefix"], params: (typed) => same(typed, ["prefix"]) },
  owner: { sets: [], params: (typed) => same(typed, ["owner"]) },
  folder: { sets: ["root", "group"], params: (typed) => same(typed, ["root", "group"]) },
  label: { sets: [], params: (typed) => [["label", `${typed("attribute")}:${typed("value")}`]] },
  labelSource: { sets: [], params: (typed) => [["labelSource", `${typed("attribute")}:${typed("source")}`]] },
  labelRun: { sets: ["labelRun"], params: (typed) => same(typed, ["labelRun"]) },
  unreadable: { sets: ["unreadable"], params: (typed) => same(typed, ["unreadable"]) },
};

const same = (typed: Typed, names: string[]): Params => names.map((name) => [name, typed(name)]);

/**
 * A query with what a filter's form says.
 * @throws DomainError "invalid" for what the query does not take, as an address by hand would be refused
 */
export function withFilter(query: ImageQuery, kind: FilterKind, typed: Typed): ImageQuery {
  const { sets, params } = filters[kind];
  const address = toImageAddress(query);
  for (const name of ["all", ...sets]) address.delete(name);
  for (const [name, value] of params(typed)) if (value !== "") address.append(name, value);
  return parseImageAddress(address);
}
