import { brand } from "~/brand";
import type { AlertView } from "~/features/alerts/alert";
import { count, duration, exactTime, listOf, plural } from "~/features/format";

/** Something to tell of an alert: that it opened, or that it closed by itself. */
export type AlertEvent = Pick<AlertView, "id" | "severity" | "root" | "sentence" | "openedAt" | "link"> & {
  /** Null: it opened. */
  resolvedAt: Date | null;
};

/** How many events are told of, by kind. */
export type EventCounts = { errors: number; warnings: number; resolved: number };

/** Slack takes 40,000 characters and advises 4,000; escaping makes five of one. */
const LONGEST_SENTENCE = 1_500;
const LONGEST_LISTED = 200;

/** @param origin of the console, for links */
export function eventText(event: AlertEvent, origin: string): string {
  const { openedAt, resolvedAt, link } = event;
  const when =
    resolvedAt === null
      ? `since ${exactTime(openedAt)}`
      : `from ${exactTime(openedAt)} to ${exactTime(resolvedAt)} (${duration((resolvedAt.getTime() - openedAt.getTime()) / 1_000)})`;
  return `${headOf(event)}\n${escapeText(event.sentence, LONGEST_SENTENCE)}\n${linkText(origin + (link ?? "/"), "Open in the console")} · ${when}`;
}

/** Many events in one message, the first of them a line each. */
export function digestText(counts: EventCounts, listed: readonly AlertEvent[], origin: string): string {
  const total = counts.errors + counts.warnings + counts.resolved;
  const lines = listed.map((event) => `• ${headOf(event)}: ${escapeText(event.sentence, LONGEST_LISTED)}`);
  const more = total - listed.length;
  return [
    `*${plural(total, "alert")} at once* · ${countsInWords(counts)}`,
    ...lines,
    ...(more > 0 ? [`• and ${count(more)} more`] : []),
    linkText(`${origin}/`, "See the open alerts"),
  ].join("\n");
}

/** The first message to an address: that it is the right one, and how things stand. */
export function greetingText(open: Omit<EventCounts, "resolved">, origin: string): string {
  const state = open.errors + open.warnings === 0 ? "None is open now." : `Open now: ${countsInWords(open)}.`;
  return `*Alerts of ${brand.title} come here from now on.* ${state}\n${linkText(`${origin}/`, "Open the console")}`;
}

export const testText = (origin: string): string =>
  `*Test message of ${brand.title}.* Nothing is wrong: alerts of this console arrive here.\n${linkText(`${origin}/monitoring`, "Open the console")}`;

const headOf = ({ severity, root, resolvedAt }: AlertEvent) => {
  const state = resolvedAt !== null ? "Resolved" : severity === "error" ? "Error" : "Warning";
  return root === "" ? `*${state}*` : `*${state}* · ${escapeText(root, LONGEST_LISTED)}`;
};

function countsInWords({ errors, warnings, resolved = 0 }: Partial<EventCounts> & Omit<EventCounts, "resolved">) {
  const words = [
    errors > 0 ? plural(errors, "error") : null,
    warnings > 0 ? plural(warnings, "warning") : null,
    resolved > 0 ? `${count(resolved)} resolved` : null,
  ];
  return listOf(words.filter((word) => word !== null));
}

const linkText = (url: string, words: string) => `<${url.replace(/[<>|\s]/g, encodeURIComponent)}|${words}>`;

/**
 * A text as Slack and its like show it: names of folders and files are among it, and anyone with an S3 browser chooses those.
 * They are to make no link (Slack makes one of a bare address, Mattermost of “[words](address)”), and to call no one (Mattermost
 * hears a bare “@channel”, too).
 */
export function escapeText(text: string, longest: number): string {
  const characters = Array.from(text.replace(/\p{Cs}/gu, "\ufffd").replace(/\p{Cc}+/gu, " "));
  const cut = characters.length > longest ? `${characters.slice(0, longest).join("")}…` : characters.join("");
  return cut
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/@(?=all|channel|everyone|here)|:(?=\/\/)|\](?=\()|www(?=\.)/gi, "$&\u2060");
}
