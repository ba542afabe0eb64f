import { useFetcher } from "@remix-run/react";
import { useId, useState } from "react";
import { Time } from "~/components/time";
import { Button } from "~/components/ui/forms/button";
import { rowControlClass } from "~/components/ui/forms/field";
import { Refusal } from "~/components/ui/forms/in-place-form";
import { HiddenFields } from "~/components/ui/forms/intent-button";
import { TextLink } from "~/components/ui/text-link";
import { budgetWords } from "~/features/drawing/studio/budget-words";
import type { TrialPreview } from "~/features/drawing/trial/preview-trial.server";
import { enoughFor } from "~/features/drawing/trial/trial-words";
import { dollars, plural } from "~/features/format";
import { generationPath } from "~/features/generations/generation-path";

/** The generations of a trial, what they cost, for how much at most, and the button that pays it. */
export function TrialForm({ generations, usd, mostUsd }: Pick<TrialPreview, "generations" | "usd" | "mostUsd">) {
  const { Form, state, data } = useFetcher<{ refusal: string }>();
  const [budget, setBudget] = useState(() => enoughFor(mostUsd));
  const id = useId();
  const count = 2 * generations.length;
  return (
    <>
      <ol className="mt-4 flex flex-col gap-3">
        {generations.map((generation) => (
          <Tried key={generation.id} generation={generation} />
        ))}
      </ol>
      <Form method="post" className="mt-4 border-t border-line pt-3">
        <HiddenFields fields={{ generations: JSON.stringify(generations.map((one) => one.id)) }} />
        <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
          <p className="text-sm text-muted tabular-nums">
            <span className="block text-lg font-medium text-ink">
              {usd === null ? "Cost unknown" : `About ${dollars(usd)}`}
            </span>
            {mostUsd === null ? "" : `at most ${dollars(mostUsd)}`}
          </p>
          <div className="flex flex-col gap-1">
            <label htmlFor={id} className="text-sm font-medium">
              Budget in US dollars
            </label>
            <input
              id={id}
              name="budgetUsd"
              inputMode="decimal"
              autoComplete="off"
              value={budget}
              onChange={({ target }) => setBudget(target.value)}
              aria-describedby={`${id}-said`}
              className={`${rowControlClass} w-32 tabular-nums`}
            />
          </div>
        </div>
        <p id={`${id}-said`} className="mt-2 text-sm text-muted">
          {budgetWords({ usd, mostUsd, count, budget })}
        </p>
        <Button type="submit" variant="primary" pending={state !== "idle"} className="mt-3">
          Draw {plural(count, "image")}
        </Button>
        <Refusal className="mt-2">{state === "idle" && data?.refusal}</Refusal>
      </Form>
    </>
  );
}

function Tried({
  generation: { id, prompt, createdAt, ...asked },
}: {
  generation: TrialPreview["generations"][number];
}) {
  const { model, size, aspectRatio } = asked;
  return (
    <li className="min-w-0 text-sm">
      <p dir="auto" className="line-clamp-4 whitespace-pre-wrap [overflow-wrap:anywhere]">
        <TextLink to={generationPath(id)}>{prompt}</TextLink>
      </p>
      <p className="flex flex-wrap gap-x-3 text-muted">
        <span className="[overflow-wrap:anywhere]">{[model, size, aspectRatio].filter(Boolean).join(", ")}</span>
        <Time at={createdAt} />
      </p>
    </li>
  );
}
