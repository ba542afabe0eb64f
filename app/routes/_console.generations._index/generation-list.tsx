import { Form, Link, useSearchParams } from "@remix-run/react";
import { useState } from "react";
import { EndedWith } from "~/components/generations/ended-with";
import { useSearchLink } from "~/components/lists/use-search-link";
import { Time } from "~/components/time";
import { Button, ButtonLink } from "~/components/ui/forms/button";
import { Picture } from "~/components/ui/picture";
import { dollars, plural } from "~/features/format";
import { generationPath } from "~/features/generations/generation-path";
import type { ListedGeneration } from "~/features/generations/history/list-generations.sql.server";
import { COMPARED } from "~/features/generations/history/recorded-generation";
import { visible } from "~/quote";

type GenerationListProps = {
  generations: ListedGeneration[];
  /** Where older ones begin; null: these are the oldest. */
  older: string | null;
  isFirst: boolean;
};

/** Generations, each with its picture, prompt and how it was made; two to four can be chosen to stand side by side. */
export function GenerationList({ generations, older, isFirst }: GenerationListProps) {
  const [params] = useSearchParams();
  const linkTo = useSearchLink();
  const chosenBefore = params.get("with");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const number = chosen.size + (chosenBefore === null || chosen.has(chosenBefore) ? 0 : 1);
  const choose = (id: string, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <Form method="get" action="/generations/compare">
      {chosenBefore !== null && <input type="hidden" name="ids" value={chosenBefore} />}
      <ul className="divide-y divide-line">
        {generations.map((generation) => (
          <li key={generation.id} className="flex gap-4 p-4 max-sm:gap-3">
            <Picture
              imageId={generation.image?.id ?? null}
              etag={generation.image?.etag}
              alt={`Picture of ${visible(generation.id)}`}
              missing={whyNoPicture(generation)}
              notFound="No thumbnail"
              className="h-28 w-21 shrink-0"
            />
            <div className="flex min-w-0 grow flex-col gap-1.5 text-sm">
              <Link
                to={generationPath(generation.id)}
                dir="auto"
                className="line-clamp-3 w-fit max-w-full font-medium [overflow-wrap:anywhere] hover:underline"
              >
                {generation.prompt === "" ? "No prompt" : generation.prompt}
              </Link>
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
                {generation.mode && <span>{generation.mode}</span>}
                {generation.model && <span className="[overflow-wrap:anywhere]">{generation.model}</span>}
                <bdi>{generation.owner?.name ?? "No owner"}</bdi>
                <span>{plural(generation.references, "reference")}</span>
                {generation.finishReason !== null && (
                  <span>
                    <EndedWith generation={generation} />
                  </span>
                )}
                {generation.usd !== null && <span className="tabular-nums">{dollars(generation.usd)}</span>}
                <Time at={generation.createdAt} />
              </p>
              <label className="mt-auto flex w-fit items-center gap-2 text-muted max-sm:min-h-11">
                <input
                  type="checkbox"
                  name="ids"
                  value={generation.id}
                  defaultChecked={generation.id === chosenBefore}
                  onChange={(event) => choose(generation.id, event.currentTarget.checked)}
                  className="size-4 accent-accent-fill max-sm:size-5"
                />
                Compare<span className="sr-only"> {visible(generation.prompt.slice(0, 80))}</span>
              </label>
            </div>
          </li>
        ))}
      </ul>
      <div className="sticky bottom-0 flex flex-wrap items-center justify-between gap-2 rounded-b-md border-t border-line bg-surface px-4 py-2">
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button type="submit" variant={number >= COMPARED.least && number <= COMPARED.most ? "primary" : "secondary"}>
            {number === 0 ? "Compare chosen" : `Compare ${plural(number, "generation")}`}
          </Button>
          <span className="text-sm text-muted" role="status">
            {number < COMPARED.least || number > COMPARED.most
              ? `Choose ${COMPARED.least} to ${COMPARED.most}.`
              : `${number} chosen.`}
          </span>
        </span>
        <nav aria-label="Pages" className="flex gap-2">
          {!isFirst && <ButtonLink to={linkTo({})}>Newest</ButtonLink>}
          {older !== null && <ButtonLink to={linkTo({ before: older })}>Older</ButtonLink>}
        </nav>
      </div>
    </Form>
  );
}

function whyNoPicture({ image, told }: ListedGeneration): string | undefined {
  if (image === null) return told === null ? "No picture" : "Not found";
  if (image.isGone) return "Gone";
  return image.hasThumbnail ? undefined : "No thumbnail";
}
