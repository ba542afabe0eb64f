import { useSearchParams } from "@remix-run/react";
import { Filters } from "~/components/lists/filter";
import { ChoiceFilter } from "~/components/lists/filters";
import { useSearchLink } from "~/components/lists/use-search-link";
import { type FindingType, findingTypes } from "~/features/attribute-groups/findings/finding-types";
import { findingTypeOf } from "~/features/attribute-groups/narrow-groups";
import { count } from "~/features/format";

type FindingFilterProps = {
  /** Those that occur. */
  types: { type: FindingType; count: number }[];
};

/** Which groups and findings are meant: those with one type of finding. */
export function FindingFilter({ types }: FindingFilterProps) {
  const [params] = useSearchParams();
  const linkTo = useSearchLink();
  const asked = findingTypeOf(params.get("type"));
  const known = types.map(({ type, count: found }) => ({
    value: type,
    label: `${findingTypes[type].title} · ${count(found)}`,
  }));
  // One that was mended meanwhile: the filter still says what it asks for.
  const isMended = asked !== null && !types.some(({ type }) => type === asked);
  const choices = isMended ? [...known, { value: asked, label: `${findingTypes[asked].title} · 0` }] : known;
  return (
    <Filters clearTo={params.has("type") && asked === null ? linkTo({ type: null }) : null}>
      <ChoiceFilter label="Finding" param="type" choices={choices} />
    </Filters>
  );
}
