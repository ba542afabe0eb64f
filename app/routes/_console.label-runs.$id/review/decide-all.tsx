import { useFetcher } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { DialogActions, FormDialog } from "~/components/ui/dialog";
import { Button, type Variant } from "~/components/ui/forms/button";
import { Refusal } from "~/components/ui/forms/in-place-form";
import { HiddenFields } from "~/components/ui/forms/intent-button";
import { useSay } from "~/components/ui/toast";
import { count, plural } from "~/features/format";
import { filterWords } from "~/features/labeling/review/filter-words";
import { acceptable, type ReviewCounts } from "~/features/labeling/review/matrix";
import { type ReviewFilter, toReviewAddress, type Verdict } from "~/features/labeling/review/review-filter";

type DecideAllProps = {
  runId: number;
  decision: Verdict;
  filter: ReviewFilter;
  counts: Pick<ReviewCounts, "open" | "conflicts" | "outdated">;
  variant?: Variant;
};

/** Accepts or rejects everything open that a filter keeps, once it was said how many that are. */
export function DecideAll({ runId, decision, filter, counts, variant = "secondary" }: DecideAllProps) {
  const [isOpen, setOpen] = useState(false);
  const { Form, state, data } = useFetcher<{ said: string } | { refusal: string }>();
  const say = useSay();
  const answered = useRef(data);
  useEffect(() => {
    if (!data || data === answered.current) return;
    answered.current = data;
    if ("refusal" in data) return;
    say({ tone: "good", text: `${data.said} Press U to take it back.` });
    setOpen(false);
  }, [data, say]);
  const isAccepting = decision === "accepted";
  const total = isAccepting ? acceptable(counts) : counts.open;
  if (total === 0 && !isOpen) return null;
  const verb = isAccepting ? "Accept" : "Reject";
  const which = filterWords(filter);
  const left = [
    counts.conflicts > 0 &&
      `${plural(counts.conflicts, "conflict")} with a person's label ${counts.conflicts === 1 ? "stays" : "stay"} open: accept one by one`,
    counts.outdated > 0 &&
      `${count(counts.outdated)} of changed images ${counts.outdated === 1 ? "stays" : "stay"} open`,
  ].filter(Boolean);
  return (
    <>
      <Button variant={variant} onClick={() => setOpen(true)}>
        {verb} {which === "" ? "all " : ""}
        {count(total)} open …
      </Button>
      {isOpen && (
        <FormDialog
          title={`${verb} ${plural(total, "open proposal")}`}
          description={
            <>
              {which === "" ? "All open proposals of this run" : `All open proposals ${which}`}. No label changes before
              they are promoted, and U takes this back.
            </>
          }
          onClose={() => setOpen(false)}
        >
          {isAccepting && left.length > 0 && <p className="mt-2 text-sm text-muted">{left.join(". ")}.</p>}
          <Form method="post" action={`/label-runs/${runId}/decisions`}>
            <HiddenFields
              fields={{ intent: "decide-all", decision, shown: total, filter: String(toReviewAddress(filter)) }}
            />
            <Refusal className="mt-3">{state === "idle" && data && "refusal" in data && data.refusal}</Refusal>
            <DialogActions>
              <Button onClick={() => setOpen(false)}>Cancel</Button>
              <Button type="submit" variant="primary" pending={state !== "idle"}>
                {verb} {plural(total, "proposal")}
              </Button>
            </DialogActions>
          </Form>
        </FormDialog>
      )}
    </>
  );
}
