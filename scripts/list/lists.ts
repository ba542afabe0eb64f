import { exportAlerts } from "~/features/alerts/list-alerts.server";
import { listApiTokens } from "~/features/api-tokens/list-api-tokens.server";
import { narrowGroups } from "~/features/attribute-groups/narrow-groups";
import { readGroups } from "~/features/attribute-groups/read-groups.server";
import { readReferences } from "~/features/attribute-groups/references/read-references.server";
import { readEvents } from "~/features/audit-log/list-events.server";
import { DomainError } from "~/features/domain-error";
import { exportDuplicates } from "~/features/duplicates/list-duplicates.sql.server";
import { wantedDuplicates } from "~/features/duplicates/wanted-duplicates";
import { everyAlertKind } from "~/features/every-alert-kind";
import { exportImages } from "~/features/images/browse/export-images.server";
import { parseImageOrder } from "~/features/images/browse/image-order";
import { readCandidates } from "~/features/images/names/read-candidates.server";
import { parseImageAddress } from "~/features/images/query/image-address";
import { imageFields } from "~/features/images/query/image-query";
import { jobKinds } from "~/features/job-kinds.server";
import { listRuns } from "~/features/job-runs/views/list-runs.server";
import { readAllItems } from "~/features/job-runs/views/read-items.server";
import { parseJson } from "~/features/json-column";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { exportRefused } from "~/features/labeling/refusals/read-refusals.sql.server";
import { refusalFilter } from "~/features/labeling/refusals/refusals";
import { exportReview } from "~/features/labeling/review/read-review.server";
import { filterNames, parseReviewList } from "~/features/labeling/review/review-filter";
import { listLabelRuns } from "~/features/labeling/views/list-label-runs.server";
import { listPrompts } from "~/features/labeling/views/list-prompts.sql.server";
import { requireLabelRun } from "~/features/labeling/views/read-label-run.server";
import { eventFilter, groupFilter, itemFilter, runFilter } from "~/features/list-filters";
import { listQuotas } from "~/features/model-quotas/list-quotas.sql.server";
import { checks } from "~/features/monitoring/checks/registry.server";
import { readMonitoring } from "~/features/monitoring/views/read-monitoring.server";
import { allowListsOf } from "~/features/operators/allow-lists-of.server";
import { listOperators } from "~/features/operators/list-operators.server";
import { readOwners } from "~/features/owners/list-owners.server";
import { parseOwnerOrder } from "~/features/owners/owner-order";
import { listViews } from "~/features/saved-views/list-views.server";
import { listSchedules } from "~/features/schedules/list-schedules.server";
import { dimensionOf, exportTotals } from "~/features/storage-totals/views/export-storage.server";
import { exportGone } from "~/features/thumbnails/orphans/read-orphans.server";
import { exportThumbnailStates } from "~/features/thumbnails/read-thumbnail-states.server";
import type { Env } from "~/ports/env.server";
import type { Ports } from "~/ports/index.server";
import { quote } from "~/quote";

/** What a page lists, for a shell. */
export type List = {
  /** The page that lists it. */
  page: string;
  /** The parameters of the page's address that narrow or order it. */
  filters: readonly string[];
  /** Those without which it is no list. */
  required?: readonly string[];
  /** What a table shows of a row. */
  columns: readonly string[];
  /** @throws DomainError for a value that is not known */
  pages(ports: Ports, params: URLSearchParams, env: Env): AsyncIterable<object[]>;
};

/** Every list of every page, by what it is called here. */
export const lists: Record<string, List> = {
  images: {
    page: "/images",
    filters: [...imageFields, "sort"],
    columns: ["id", "key", "kind", "ownerId", "bytes", "createdAt"],
    async *pages(ports, params) {
      const query = parseImageAddress(params, { beside: ["sort"] });
      yield* exportImages(ports, {
        query,
        order: parseImageOrder(params.get("sort")),
        schema: await loadLabelSchema(),
      });
    },
  },
  "image-names": {
    page: "/image-names",
    filters: ["name"],
    required: ["name"],
    columns: ["id", "key", "ownerName", "createdAt", "isGone"],
    pages: (ports, params) =>
      once(async () => {
        const { images } = await readCandidates(ports, params.get("name") ?? "", { limit: Number.POSITIVE_INFINITY });
        return images;
      }),
  },
  owners: {
    page: "/owners",
    filters: ["text", "sort"],
    columns: ["id", "name", "email", "images", "bytes", "lastImageAt", "quota"],
    pages: (ports, params) =>
      once(async () => {
        const asked = { text: params.get("text")?.trim() ?? "", order: parseOwnerOrder(params.get("sort")) };
        return (await readOwners(ports, asked)).owners;
      }),
  },
  storage: {
    page: "/storage",
    filters: ["by"],
    columns: ["by", "label", "ownerId", "objects", "bytes", "usdPerMonth"],
    pages: (ports, params) => exportTotals(ports, dimensionOf(params)),
  },
  thumbnails: {
    page: "/storage/thumbnails",
    filters: [],
    columns: ["state", "images"],
    pages: (ports) => exportThumbnailStates(ports),
  },
  duplicates: {
    page: "/storage/duplicates",
    filters: ["kind", "owner"],
    columns: ["group", "key", "ownerName", "bytes", "distance"],
    pages: ({ db }, params) => exportDuplicates(db, wantedDuplicates(params)),
  },
  orphans: {
    page: "/storage/orphans",
    filters: [],
    columns: ["id", "key", "goneAt", "bytes", "trashRunId"],
    pages: (ports) => exportGone(ports),
  },
  "attribute-groups": {
    page: "/attribute-groups",
    filters: ["root", ...groupFilter.names],
    columns: ["name", "attributes", "images", "bytes", "newestAt", "problem"],
    pages: (ports, params) => once(async () => (await readAudited(ports, params)).groups),
  },
  findings: {
    page: "/attribute-groups",
    filters: ["root", ...groupFilter.names],
    columns: ["id", "type", "severity", "sentence", "lastSeenAt"],
    pages: (ports, params) =>
      once(async () => {
        const { findings, ignored } = await readAudited(ports, params);
        return [...findings, ...ignored];
      }),
  },
  references: {
    page: "/references",
    filters: ["root", "tone", "angle", "ageRange"],
    columns: ["mode", "group", "key", "type", "reason"],
    pages: (ports, params) =>
      once(async () => {
        const root = await rootOf(params);
        const { modes } = await readReferences(ports, { root: root.name, attributes: Object.fromEntries(params) });
        return modes.flatMap((view): object[] => {
          const { mode } = view;
          if (view.refusal !== null) return [{ mode, type: "refusal", reason: view.refusal }];
          const rows = [...view.references, ...view.missing];
          return rows.map((row) => ({ mode, ...row }));
        });
      }),
  },
  "label-runs": {
    page: "/label-runs",
    filters: [],
    columns: ["runId", "status", "title", "promptVersion", "planned", "succeeded", "spentUsd", "budgetUsd"],
    pages: (ports) =>
      byNumber(async (page) => {
        const { rows, total, pageSize } = await listLabelRuns(ports, { page });
        const flat = rows.map(({ run: { status, title, planned, succeeded, failed, ...run }, ...row }) => {
          return { ...row, id: row.runId, status, title, planned, succeeded, failed, run };
        });
        return { rows: flat, isLast: page * pageSize >= total };
      }),
  },
  proposals: {
    page: "/label-runs/$id",
    filters: ["run", "sort", ...filterNames],
    required: ["run"],
    columns: ["id", "key", "attribute", "old", "value", "confidence", "decision"],
    async *pages(ports, params) {
      const runId = runOf(params);
      await requireLabelRun(ports, runId);
      const { filter, order } = parseReviewList(without(params, "run"));
      yield* exportReview(ports, { runId, filter, order, schema: await loadLabelSchema() });
    },
  },
  refusals: {
    page: "/refusals",
    filters: Object.keys(refusalFilter.shape),
    columns: ["imageId", "key", "runId", "model", "code", "at"],
    async *pages({ db }, params) {
      const { roots } = await loadLabelSchema();
      const filter = refusalFilter.parse(Object.fromEntries(params));
      requireTaken(params, filter);
      yield* exportRefused(db, filter, roots);
    },
  },
  prompts: {
    page: "/prompts",
    filters: [],
    columns: ["id", "name", "version", "model", "attributes", "examples", "runs", "lastUsedAt"],
    pages: (ports) => once(() => listPrompts(ports)),
  },
  "model-quotas": {
    page: "/model-quotas",
    filters: [],
    columns: ["model", "requestsPerMinute", "tokensPerMinute", "requestsPerDay", "today", "held"],
    pages: (ports) => once(() => listQuotas(ports)),
  },
  "job-runs": {
    page: "/job-runs",
    filters: runFilter.names,
    columns: ["id", "kind", "status", "title", "actorName", "planned", "succeeded", "failed", "skipped"],
    pages: (ports, params) =>
      byNumber(async (page) => {
        const { runs, total, pageSize } = await listRuns(ports, {
          ...takeSince(params, runFilter.parse(params, ports.clock.now())),
          ...{ page, pageSize: 500 },
        });
        return { rows: runs, isLast: page * pageSize >= total };
      }),
  },
  "job-run-items": {
    page: "/job-runs/$id",
    filters: ["run", ...itemFilter.names],
    required: ["run"],
    columns: ["seq", "subject", "label", "outcome", "errorClass", "error"],
    async *pages({ db }, params) {
      const runId = runOf(params);
      const run = await db.jobRun.findUnique({ where: { id: runId }, select: { id: true } });
      if (!run) throw new DomainError("not-found", `There is no run ${runId}.`);
      for await (const items of readAllItems({ db }, { runId, ...itemFilter.parse(params) })) {
        yield items.map(({ before, target, after, ...item }) => ({
          ...item,
          ...{ before: parseJson(before), target: parseJson(target), after: parseJson(after) },
        }));
      }
    },
  },
  schedules: {
    page: "/schedules",
    filters: [],
    columns: ["id", "title", "cron", "timeZone", "enabled", "next", "missed"],
    pages: (ports) => once(() => listSchedules(ports)),
  },
  checks: {
    page: "/monitoring",
    filters: [],
    columns: ["name", "verdict", "value", "unit", "since", "sentence"],
    pages: (ports) =>
      once(async () => {
        const { checks: views } = await readMonitoring(ports, checks, { days: 1 });
        return views.map(({ points: _, last, ...check }) => ({ ...check, ...last }));
      }),
  },
  alerts: {
    page: "/",
    filters: [],
    columns: ["id", "severity", "sentence", "openedAt", "lastSeenAt"],
    pages: (ports) => exportAlerts(ports, everyAlertKind(jobKinds)),
  },
  "audit-log": {
    page: "/audit-log",
    filters: eventFilter.names,
    columns: ["id", "at", "actorName", "action", "subject", "sentence"],
    async *pages({ db, clock }, params) {
      const filter = takeSince(params, eventFilter.parse(params, clock.now()));
      for await (const events of readEvents({ db }, filter)) {
        yield events.map(({ detail, ...event }) => ({ ...event, detail: parseJson(detail) }));
      }
    },
  },
  operators: {
    page: "/operators",
    filters: [],
    columns: ["id", "email", "name", "role", "state", "signedInAt", "sessions"],
    pages: (ports, _params, env) => once(() => listOperators(ports, allowListsOf(env))),
  },
  "api-tokens": {
    page: "/api-tokens",
    filters: [],
    columns: ["id", "client", "ending", "state", "createdAt", "usedAt", "endsAt"],
    pages: (ports, _params, env) =>
      once(() => listApiTokens(ports, { hasEnvironmentToken: env.REFERENCE_TOKEN !== undefined })),
  },
  "saved-views": {
    page: "/images",
    filters: [],
    columns: ["operator", "name", "page", "address"],
    async *pages(ports, _params, env) {
      for (const { id, email } of await listOperators(ports, allowListsOf(env))) {
        yield (await listViews(ports, { operatorId: id })).map((view) => ({ operator: email, ...view }));
      }
    },
  },
};

async function* once(read: () => Promise<object[]>): AsyncGenerator<object[]> {
  yield await read();
}

/** A list of runs, newest first, that its feature gives in numbered pages: one that begins meanwhile shifts the others. */
async function* byNumber(read: (page: number) => Promise<{ rows: { id: number }[]; isLast: boolean }>) {
  let last = Number.POSITIVE_INFINITY;
  for (let page = 1; ; page += 1) {
    const { rows, isLast } = await read(page);
    yield rows.filter(({ id }) => id < last);
    last = rows.at(-1)?.id ?? last;
    if (isLast) return;
  }
}

async function rootOf(params: URLSearchParams) {
  const schema = await loadLabelSchema();
  return findRoot(schema, params.get("root") || (schema.roots[0]?.name ?? ""));
}

async function readAudited({ db }: Ports, params: URLSearchParams) {
  const root = await rootOf(params);
  const view = await readGroups({ db }, { root: root.name });
  if (!view) throw new DomainError("conflict", `${quote(root.name)} was never audited. Audit it first.`);
  const filter = groupFilter.parse(params);
  requireTaken(params, filter);
  return narrowGroups(view, filter.type);
}

/**
 * A page passes over a value that it does not know, and shows that; a script would take all for what it asked.
 * @param filter what was read of the parameters of its names
 * @throws DomainError "invalid"
 */
function requireTaken(params: URLSearchParams, filter: Readonly<Record<string, unknown>>): void {
  const left = Object.keys(filter).find((name) => params.get(name) && (filter[name] ?? null) === null);
  if (left === undefined) return;
  throw new DomainError("invalid", `The filter ${quote(left)} does not take ${quote(params.get(left) ?? "")}.`);
}

/** The same of a filter whose other parameters have no value that is not known. */
function takeSince<Filter extends { since: Date | undefined }>(params: URLSearchParams, filter: Filter): Filter {
  requireTaken(params, { since: filter.since });
  return filter;
}

function runOf(params: URLSearchParams): number {
  const text = params.get("run") ?? "";
  if (!/^\d{1,15}$/.test(text)) throw new DomainError("invalid", `${quote(text)} is not the number of a run.`);
  return Number(text);
}

const without = (params: URLSearchParams, left: string) =>
  new URLSearchParams([...params].filter(([name]) => name !== left));
