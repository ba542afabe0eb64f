import type { Ports } from "~/ports/index.server";

/**
 * Every kind of page with real data on it, by a short name: what is checked after a demo, by axe, and photographed.
 * Signed out sees only the first.
 */
export async function pagesToSee({ db }: Pick<Ports, "db">): Promise<{ name: string; path: string }[]> {
  const labelRun = await db.labelRun.findFirst({ orderBy: { id: "desc" }, select: { jobRunId: true } });
  const jobRun = await db.jobRun.findFirst({
    where: { kind: "backfill-thumbnails" },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  const plan = await db.jobRun.findFirst({
    where: { status: "planned" },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  const image = await db.image.findFirst({
    where: { kind: "reference", proposals: { some: {} } },
    orderBy: { key: "asc" },
    select: { id: true },
  });
  const prompt = await db.promptVersion.findFirst({ orderBy: { id: "desc" }, select: { id: true } });
  return [
    { name: "overview", path: "/" },
    { name: "monitoring", path: "/monitoring" },
    { name: "attribute-groups", path: "/attribute-groups" },
    { name: "attribute-groups-list", path: "/attribute-groups?view=list" },
    { name: "attribute-groups-changes", path: "/attribute-groups?view=changes" },
    { name: "attribute-group", path: "/attribute-groups/front_warm" },
    { name: "reference-selection", path: "/references?root=Model&tone=warm&angle=front" },
    { name: "storage", path: "/storage" },
    { name: "images", path: "/images" },
    { name: "images-table", path: "/images?text=png&view=table&sort=bytes-desc" },
    { name: "images-none", path: "/images?text=nothing-is-called-so" },
    { name: "find-image", path: "/image-names" },
    { name: "image-names", path: "/image-names?name=reference.png" },
    { name: "ingest", path: "/ingest" },
    { name: "owners", path: "/owners" },
    { name: "owners-none", path: "/owners?text=nobody-is-called-so" },
    { name: "import-owners", path: "/owners/import" },
    ...(image ? [{ name: "image", path: `/images/${image.id}?kind=reference&sort=key-asc` }] : []),
    ...(image ? [{ name: "image-drawer", path: `/images?kind=reference&image=${image.id}` }] : []),
    { name: "storage-thumbnails", path: "/storage/thumbnails" },
    { name: "storage-duplicates", path: "/storage/duplicates?kind=alike" },
    { name: "storage-orphans", path: "/storage/orphans" },
    { name: "label-runs", path: "/label-runs" },
    { name: "new-label-run", path: "/label-runs/new" },
    ...(labelRun ? [{ name: "label-run", path: `/label-runs/${labelRun.jobRunId}` }] : []),
    ...(labelRun ? [{ name: "label-run-progress", path: `/label-runs/${labelRun.jobRunId}?tab=progress` }] : []),
    { name: "refusals", path: "/refusals" },
    { name: "model-quotas", path: "/model-quotas" },
    ...(labelRun
      ? [{ name: "label-run-cell", path: `/label-runs/${labelRun.jobRunId}?attribute=tone&unlabeled=yes&new=warm` }]
      : []),
    ...(labelRun ? [{ name: "label-run-proposals", path: `/label-runs/${labelRun.jobRunId}?tab=proposals` }] : []),
    { name: "prompts", path: "/prompts" },
    { name: "new-prompt", path: "/prompts/new?from=Personas" },
    ...(prompt
      ? [
          { name: "prompt", path: `/prompts/${prompt.id}` },
          { name: "prompt-request", path: `/prompts/${prompt.id}?tab=request` },
          { name: "prompt-try", path: `/prompts/${prompt.id}?tab=try` },
        ]
      : []),
    { name: "job-runs", path: "/job-runs" },
    ...(jobRun ? [{ name: "job-run", path: `/job-runs/${jobRun.id}` }] : []),
    ...(plan ? [{ name: "job-run-plan", path: `/job-runs/${plan.id}` }] : []),
    { name: "schedules", path: "/schedules" },
    { name: "audit-log", path: "/audit-log" },
    { name: "operators", path: "/operators" },
    { name: "api-tokens", path: "/api-tokens" },
  ];
}
