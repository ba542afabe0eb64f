import { useSearchParams } from "@remix-run/react";
import { Filters } from "~/components/lists/filter";
import { ChoiceFilter, SinceFilter } from "~/components/lists/filters";
import { useSearchLink } from "~/components/lists/use-search-link";
import { TabLinks } from "~/components/ui/tabs";
import { statuses, statusWords } from "~/features/job-runs/status";

const tabs = [{ label: "All", status: null }, ...statuses.map((status) => ({ label: statusWords[status], status }))];

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
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const isFiltered = ["kind", "who", "since"].some((name) => params.has(name));
  return (
    <>
      <TabLinks
        label="Runs by state"
        tabs={tabs.map(({ label, status }) => ({
          label,
          count: status === null ? all : (counts[status] ?? 0),
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
