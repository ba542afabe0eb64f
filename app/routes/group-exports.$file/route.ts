import type { LoaderFunctionArgs } from "@remix-run/node";
import type { Finding } from "~/features/attribute-groups/findings/finding-types";
import { narrowGroups } from "~/features/attribute-groups/narrow-groups";
import { type GroupSummary, readGroups } from "~/features/attribute-groups/read-groups.server";
import { DomainError } from "~/features/domain-error";
import { groupFilter } from "~/features/list-filters";
import { exportOf, exportResponse } from "~/web/export.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

const groupColumns = [
  "name",
  "prefix",
  "attributes",
  "problem",
  "images",
  "objects",
  "bytes",
  "newestAt",
  "referenceKey",
  "referenceEtag",
  "findings",
  "worstFinding",
  "severity",
] as const;
const findingColumns = [
  "id",
  "type",
  "severity",
  "subject",
  "sentence",
  "groups",
  "objects",
  "furtherObjects",
  "firstSeenAt",
  "lastSeenAt",
  "ignoredBy",
  "ignoredAt",
  "ignoreReason",
] as const;

/**
 * What the filter of the page keeps: /group-exports/groups.csv?root=Model&type=no-reference, /group-exports/findings.json
 * (those that someone ignores included, and marked). Apart from /attribute-groups, where any name can be a group's.
 */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { list, format } = exportOf(params.file, ["groups", "findings"]);
  const { db } = context.ports;
  const search = new URL(request.url).searchParams;
  const view = await readGroups({ db }, { root: search.get("root") ?? "" });
  if (!view) throw new DomainError("not-found", "This root was never audited. Audit it first.");
  const { groups, findings, ignored } = narrowGroups(view, groupFilter.parse(search).type);
  if (list === "groups") {
    return exportResponse(
      context,
      { name: "attribute-groups", format },
      { columns: groupColumns, pages: pagesOf(groups), toRow: toGroupRow },
    );
  }
  return exportResponse(
    context,
    { name: "findings", format },
    { columns: findingColumns, pages: pagesOf([...findings, ...ignored]), toRow: toFindingRow },
  );
}

/** A list that is at hand, in pages. */
async function* pagesOf<Item>(items: Item[]) {
  for (let start = 0; start < items.length; start += 500) yield items.slice(start, start + 500);
}

const toGroupRow = ({ reference, worst, newestAt, cover: _, ...group }: GroupSummary) => ({
  ...group,
  newestAt: newestAt?.toISOString() ?? null,
  referenceKey: reference?.key ?? null,
  referenceEtag: reference?.etag ?? null,
  worstFinding: worst?.type ?? null,
  severity: worst?.severity ?? null,
});

const toFindingRow = ({ evidence, firstSeenAt, lastSeenAt, ignored, ...finding }: Finding) => ({
  ...finding,
  groups: evidence.groups,
  objects: evidence.objects,
  furtherObjects: evidence.more,
  firstSeenAt: firstSeenAt.toISOString(),
  lastSeenAt: lastSeenAt.toISOString(),
  ignoredBy: ignored?.byName ?? null,
  ignoredAt: ignored?.at.toISOString() ?? null,
  ignoreReason: ignored?.reason ?? null,
});
