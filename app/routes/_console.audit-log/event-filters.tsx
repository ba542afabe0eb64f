import { useSearchParams } from "@remix-run/react";
import { Filter, Filters } from "~/components/lists/filter";
import { ChoiceFilter, SinceFilter, TextChoice } from "~/components/lists/filters";
import { useSearchLink } from "~/components/lists/use-search-link";
import { actionChoices } from "./action-words";

type EventFiltersProps = {
  /** Those that occur. */
  actions: string[];
  actors: { actor: string; actorName: string }[];
  isFiltered: boolean;
};

/** Which entries are shown: by what was done, by whom, to what, and since when. */
export function EventFilters({ actions, actors, isFiltered }: EventFiltersProps) {
  const [params] = useSearchParams();
  const linkTo = useSearchLink();
  return (
    <Filters clearTo={isFiltered ? linkTo({ action: null, who: null, subject: null, since: null }) : null}>
      <ChoiceFilter label="Action" param="action" choices={actionChoices(actions)} />
      <ChoiceFilter
        label="Who"
        param="who"
        choices={actors.map(({ actor, actorName }) => ({ value: actor, label: actorName }))}
      />
      <Filter label="Subject" value={params.get("subject")} clearTo={linkTo({ subject: null })}>
        <TextChoice param="subject" type="text" label="What was acted on" placeholder="run:12" />
      </Filter>
      <SinceFilter />
    </Filters>
  );
}
