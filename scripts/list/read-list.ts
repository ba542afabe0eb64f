import { quote } from "~/quote";
import { UsageError } from "../run-script/end-with";
import type { List } from "./lists";

/** Which part of a list a page shows, and how it draws it: no matter for who is given the whole. */
const DRAWN = ["page", "before", "after", "view", "size", "image", "item", "tab", "days"];

/**
 * The list that is asked for by name, and by what its page's address narrows it.
 * @throws UsageError that names the lists, or the filters, that there are
 */
export function readList(lists: Record<string, List>, words: string[]): { list: List; params: URLSearchParams } {
  const [name = "", address = "", ...more] = words;
  if (more.length > 0) throw new UsageError(`Give one ADDRESS, in quotation marks, not ${quote(more.join(" "))} too.`);
  const list = Object.hasOwn(lists, name) ? lists[name] : undefined;
  if (!list) {
    const said = name === "" ? "Give the NAME of a list." : `There is no list called ${quote(name)}.`;
    throw new UsageError(`${said} Lists are ${Object.keys(lists).join(", ")}.`);
  }
  const params = readParams(name, list, address);
  const unknown = [...new Set(params.keys())].filter((filter) => !list.filters.includes(filter));
  if (unknown.length > 0) {
    const there = list.filters.length > 0 ? `Filters are ${list.filters.join(", ")}.` : "It has none.";
    throw new UsageError(`The list ${quote(name)} has no filter ${unknown.map(quote).join(", ")}. ${there}`);
  }
  const lacking = (list.required ?? []).filter((filter) => !params.has(filter));
  if (lacking.length > 0) {
    throw new UsageError(
      `The list ${quote(name)} needs ${lacking.map((filter) => quote(`${filter}=…`)).join(" and ")}.`,
    );
  }
  return { list, params };
}

function readParams(name: string, list: List, address: string): URLSearchParams {
  const [before, query] = split(address);
  const given = [...new URLSearchParams(query)].filter(
    ([filter]) => list.filters.includes(filter) || !DRAWN.includes(filter),
  );
  if (before === "") return new URLSearchParams(given);
  // “/job-runs/12” is “run=12”.
  const pathname = URL.canParse(before, "http://localhost") ? new URL(before, "http://localhost").pathname : "";
  const [isThere, run] = new RegExp(`^${list.page.replace("$id", "(\\d+)")}$`).exec(pathname) ?? [];
  if (isThere === undefined || !/^(https?:\/)?\//.test(before)) {
    throw new UsageError(`${quote(before)} is not the page of the list ${quote(name)}, which is ${list.page}.`);
  }
  return new URLSearchParams(run === undefined ? given : [...given, ["run", run]]);
}

/** “/images?kind=upload”, or only what stands behind “?”. */
function split(address: string): [before: string, query: string] {
  const at = address.indexOf("?");
  if (at >= 0) return [address.slice(0, at), address.slice(at + 1)];
  return /^(https?:\/)?\//.test(address) ? [address, ""] : ["", address];
}

/** Every list with its page and filters, for people. */
export function listsHelp(lists: Record<string, List>): string {
  const width = Math.max(...Object.keys(lists).map((name) => name.length));
  const lines = Object.entries(lists).flatMap(([name, { page, filters }]) => {
    const [first = "", ...rest] = wrap(filters.length > 0 ? `by ${filters.join(", ")}` : "", 84);
    return [
      `  ${name.padEnd(width)}  ${page.padEnd(19)} ${first}`.trimEnd(),
      ...rest.map((line) => `${" ".repeat(width + 27)}${line}`),
    ];
  });
  return ["Lists, their pages, and what narrows or orders them:", "", ...lines].join("\n");
}

function wrap(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.length - 1;
    const line = `${lines[last]} ${word}`.trim();
    if (line.length <= width) lines[last] = line;
    else lines.push(word);
  }
  return lines;
}
