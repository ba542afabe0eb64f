import { z } from "zod";
import { quote } from "~/quote";
import { whyNoAddress } from "./address";
import { isDataUrl } from "./data-url";
import type { IngestLine } from "./ingest-images";
import { DEFAULT_OWNER, whyNoOwner } from "./keys/ingest-key";
import { readRole, roleFields } from "./keys/ingest-role";

const text = z.string().trim().min(1);

const fields = z.strictObject({
  url: text.optional(),
  path: text.max(4_096).optional(),
  key: z.string().min(1).max(1024).optional(),
  owner: z.string().min(1).optional(),
  topic: text.max(1_000).optional(),
  ...roleFields,
});

/** How a line names its image: an address (or data: URL), a file of this machine, an object of the bucket. */
export type ToldSource = { url: string } | { path: string } | { key: string };

export type ReadLine = ({ told: ToldSource } & Omit<IngestLine, "source">) | { problem: string };

/** Reads a line of NDJSON; what is wrong with it is told as the end of a sentence that begins with its number. */
export function readIngestLine(line: string): ReadLine {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { problem: "is not JSON" };
  }
  const { data, error } = fields.safeParse(json);
  if (!data) return { problem: explain(error.issues[0]) };
  const { url, path, key, owner = DEFAULT_OWNER, topic = null, ...roleGiven } = data;
  const told = onlyOne({ url, path, key });
  if (told === null) return { problem: "must name its image by just one of “url”, “path” and “key”" };
  const unfit = whyUnfit(told) ?? whyNoOwner(owner);
  if (unfit !== null) return { problem: `cannot be used: ${withoutStop(unfit)}` };
  const role = readRole(roleGiven);
  if ("problem" in role) return role;
  if (role.kind !== "branding" && topic === null) {
    return { problem: "has no “topic”, which every role but branding needs" };
  }
  return { told, owner, topic: role.kind === "branding" ? null : topic, role };
}

function onlyOne({
  url,
  path,
  key,
}: {
  url?: string | undefined;
  path?: string | undefined;
  key?: string | undefined;
}): ToldSource | null {
  const given = [url !== undefined && { url }, path !== undefined && { path }, key !== undefined && { key }].filter(
    (one) => one !== false,
  );
  return given.length === 1 ? (given[0] ?? null) : null;
}

const whyUnfit = (told: ToldSource): string | null =>
  "url" in told && !isDataUrl(told.url) ? whyNoAddress(told.url) : null;

const withoutStop = (sentence: string) => sentence.replace(/\.$/, "");

function explain(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === "unrecognized_keys") return `has a field ${quote(issue.keys[0] ?? "")}, which is not known`;
  const field = issue?.path[0];
  return field === undefined
    ? "is not a JSON object"
    : `has a ${quote(String(field))} that cannot be used: ${withoutStop(issue?.message ?? "")}`;
}
