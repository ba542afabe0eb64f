import type { TabLink } from "~/components/ui/tabs";

export type LabelRunTab = "progress" | "review" | "proposals" | "refused" | "invalid" | "failed" | "plan";

type Run = { succeeded: number; skipped: number; failures: { errorClass: string; count: number }[] };

const REFUSED = ["refused"];
const INVALID = ["invalid", "truncated", "unanswered"];

/** The failures of a run as its tabs divide them; what neither the model refused nor answered wrongly has failed. */
function classesOf(run: Run) {
  const others = run.failures
    .map(({ errorClass }) => errorClass)
    .filter((name) => ![...REFUSED, ...INVALID].includes(name));
  return { refused: REFUSED, invalid: INVALID, failed: [...others, "skipped"] };
}

/** The tab that an address asks for, and which of the unlabelled images it shows. */
export function tabOf(asked: string | null, run: Run): { tab: LabelRunTab; errorClasses: string[] | null } {
  if (asked === "plan") return { tab: "plan", errorClasses: null };
  if (asked === "refused" || asked === "invalid" || asked === "failed") {
    return { tab: asked, errorClasses: classesOf(run)[asked] };
  }
  return { tab: asked === "proposals" || asked === "progress" ? asked : "review", errorClasses: null };
}

export function labelRunTabs(run: Run, current: LabelRunTab): TabLink[] {
  const classes = classesOf(run);
  const failed = (names: string[]) =>
    run.failures.reduce((sum, { errorClass, count }) => sum + (names.includes(errorClass) ? count : 0), 0);
  const tabs: { tab: LabelRunTab; label: string; count?: number }[] = [
    { tab: "progress", label: "Progress" },
    { tab: "review", label: "Review" },
    { tab: "proposals", label: "Proposals", count: run.succeeded },
    { tab: "refused", label: "Refused", count: failed(classes.refused) },
    { tab: "invalid", label: "Unusable", count: failed(classes.invalid) },
    { tab: "failed", label: "Failed or skipped", count: failed(classes.failed) + run.skipped },
    { tab: "plan", label: "Plan and prompt" },
  ];
  return tabs.map(({ tab, ...link }) => ({ ...link, to: `?tab=${tab}`, isCurrent: tab === current }));
}
