import { useSearchParams } from "@remix-run/react";
import { Filters } from "~/components/lists/filter";
import { ChoiceFilter, SinceFilter } from "~/components/lists/filters";
import { useSearchLink } from "~/components/lists/use-search-link";
import { TabLinks } from "~/components/ui/tabs";
import { IN_PROGRESS, inHand, type RunStatus, statuses, statusWords } from "~/features/job-runs/status";

const tabs: { label: string; status: string | null; of: readonly RunStatus[] }[] = [
  { label: "All", status: null, of: statuses },
  { label: "In progress", status: IN_PROGRESS, of: inHand },
  ...statuses.map((status) => ({ label: statusWords[status], status, of: [status] })),
];

type RunFiltersProps = {
  /** Runs that the other filters keep, by status. */
  counts: Record<string, number>;
  actors: { actor: string; actorName: string }[];
  kinds: { kind: string; title: string }[];
};

/** Which runs are shown: by state, with counts, then by kind, by who began them, and since when. */
export function RunFilters({ counts, actors, kinds }: RunFiltersProps) {
  const [params] = useSearchParams();
  const linkTo = useSearchLink();
  const isFiltered = ["kind", "who", "since"].some((name) => params.has(name));
  return (
    <>
      <TabLinks
        label="Runs by state"
        tabs={tabs.map(({ label, status, of }) => ({
          label,
          count: of.reduce((sum: number, one) => sum + (counts[one] ?? 0), 0),
          to: linkTo({ status }),
          isCurrent: status === params.get("status"),
        }))}
      />
      <Filters clearTo={isFiltered ? linkTo({ kind: null, who: null, since: null }) : null}>
        <ChoiceFilter
          label="Job"
          param="kind"
          choices={kinds.map(({ kind, title }) => ({ value: kind, label: title }))}
        />
        <ChoiceFilter
          label="Who"
          param="who"
          choices={actors.map(({ actor, actorName }) => ({ value: actor, label: actorName }))}
        />
        <SinceFilter />
      </Filters>
    </>
  );
}
