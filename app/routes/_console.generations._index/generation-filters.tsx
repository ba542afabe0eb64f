import { useSearchParams } from "@remix-run/react";
import { Filter, Filters } from "~/components/lists/filter";
import { ChoiceFilter, SinceFilter, TextChoice } from "~/components/lists/filters";
import { SearchBox } from "~/components/lists/search-box";
import { useSearchLink } from "~/components/lists/use-search-link";
import { count } from "~/features/format";
import { generationFilter } from "~/features/generations/history/generation-filter";
import type { GenerationCounts } from "~/features/generations/history/list-generations.sql.server";

type GenerationFiltersProps = {
  choices: GenerationCounts["choices"];
  /** What was used as a reference, in words. */
  used: Record<"reference" | "key" | "group", string | null>;
};

/** Which generations are shown: by words of the prompt, whose, how, with which reference, and since when. */
export function GenerationFilters({ choices, used }: GenerationFiltersProps) {
  const [params] = useSearchParams();
  const linkTo = useSearchLink();
  const none = Object.fromEntries(generationFilter.names.map((name) => [name, null]));
  const counted = (of: GenerationCounts["choices"]["mode"], unsaid: string) =>
    of.map(({ value, label, count: n }) => ({ value, label: `${label === "none" ? unsaid : label} (${count(n)})` }));
  const kept = [...params].filter(([name]) => name !== "text" && name !== "before");
  const isFiltered = generationFilter.names.some((name) => name !== "text" && params.has(name));
  return (
    <>
      <div className="flex">
        <SearchBox
          label="Search prompts"
          placeholder="Words of the prompt"
          longest={2_000}
          text={params.get("text") ?? ""}
          kept={kept}
          clearTo={linkTo({ text: null })}
        />
      </div>
      <Filters clearTo={isFiltered ? linkTo({ ...none, text: params.get("text") }) : null}>
        <ChoiceFilter label="Owner" param="owner" choices={counted(choices.owner, "No owner")} />
        <ChoiceFilter label="Mode" param="mode" choices={counted(choices.mode, "Not said")} />
        <ChoiceFilter label="Model" param="model" choices={counted(choices.model, "Not said")} />
        <ChoiceFilter label="Ended with" param="finish" choices={counted(choices.finish, "Not said")} />
        <Filter label="Reference" value={used.reference} clearTo={linkTo({ reference: null })}>
          <TextChoice param="reference" type="text" label="The number of an image" placeholder="1042" />
        </Filter>
        {used.key !== null && (
          <Filter label="Reference of then" value={used.key} clearTo={linkTo({ key: null })}>
            <TextChoice param="key" type="text" label="Its key then" />
          </Filter>
        )}
        {used.group !== null && (
          <Filter label="Group" value={used.group} clearTo={linkTo({ root: null, group: null })}>
            <TextChoice param="group" type="text" label="A group of the same root" placeholder="front_warm" />
          </Filter>
        )}
        <SinceFilter />
      </Filters>
    </>
  );
}
