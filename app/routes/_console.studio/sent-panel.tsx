import { useFetcher } from "@remix-run/react";
import { useId, useState } from "react";
import { Button } from "~/components/ui/forms/button";
import { rowControlClass } from "~/components/ui/forms/field";
import { Refusal } from "~/components/ui/forms/in-place-form";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import { TextLink } from "~/components/ui/text-link";
import type { DrawRequest } from "~/features/drawing/draw-request";
import { budgetWords } from "~/features/drawing/studio/budget-words";
import type { DrawingPreview } from "~/features/drawing/studio/preview-drawing.server";
import { dollars, plural } from "~/features/format";
import type { FormProps } from "./form-props";
import { type MaskDrawing, toMaskPng } from "./mask/mask-drawing";
import { SentPictures } from "./sent-pictures";
import { toBase64Url } from "./to-base64-url";
import type { usePreview } from "./use-preview";

type SentPanelProps = FormProps & {
  request: DrawRequest;
  preview: ReturnType<typeof usePreview>;
  mask: MaskDrawing | "missing" | null;
};

/** What is sent, in order, each picture with why; what is missing; what it costs; and the button that pays it. */
export function SentPanel({ form, change, request, preview: { answer, isAsking }, mask }: SentPanelProps) {
  const { submit, state, data } = useFetcher<{ refusal: string }>();
  const preview = answer && "preview" in answer ? answer.preview : null;
  const [isSending, setSending] = useState(false);
  const isPending = state !== "idle" || isSending;
  const [problem, setProblem] = useState<string | null>(null);
  const lacking = preview && (preview.promptProblem ?? explainBase(form, mask));
  async function draw(shown: DrawingPreview["shown"]) {
    setProblem(null);
    // A second press while the mask is made would be paid, too.
    setSending(true);
    const png = mask && mask !== "missing" ? await toMaskPng(mask).then(toBase64Url) : null;
    submit(
      {
        request: JSON.stringify({ ...request, mask: null }),
        ...(png !== null && { mask: png }),
        budgetUsd: form.budget,
        shown: JSON.stringify(shown.map(({ key, etag }) => ({ key, etag }))),
      },
      { method: "post", action: "/studio" },
    );
  }
  return (
    <Panel
      title="What is sent"
      aside={
        <span role="status" className="text-sm text-muted">
          {isAsking ? "Looking it up…" : ""}
        </span>
      }
      className="xl:sticky xl:top-16"
    >
      <div className="flex flex-col gap-4" aria-busy={isAsking}>
        {answer && "refusal" in answer && (
          <div className="text-sm">
            <Status tone="bad">This cannot be drawn</Status>
            <p className="[overflow-wrap:anywhere]">{answer.refusal}</p>
            {form.mode !== "none" && <TextLink to="/references">See which references there are</TextLink>}
          </div>
        )}
        {answer === null && <p className="text-sm text-muted">Looking up what is sent…</p>}
        {preview && (
          <>
            <SentPictures shown={preview.shown} />
            <MissingReferences missing={preview.missing} />
            <Cost form={form} change={change} preview={preview} />
          </>
        )}
        <div>
          <Button
            variant="primary"
            pending={isPending}
            disabled={preview === null || isAsking || lacking !== null}
            onClick={() =>
              preview &&
              draw(preview.shown)
                .catch((error) => setProblem(messageOf(error)))
                .finally(() => setSending(false))
            }
          >
            Draw {plural(form.count, "image")}
          </Button>
          {lacking && <p className="mt-2 text-sm text-muted">{lacking}</p>}
          <Refusal className="mt-2">{problem ?? (!isPending && data?.refusal)}</Refusal>
        </div>
      </div>
    </Panel>
  );
}

/** What the base still lacks, as a sentence; null: nothing. */
function explainBase({ base, baseId }: FormProps["form"], mask: SentPanelProps["mask"]): string | null {
  if (base !== "none" && baseId === null) return "Choose the base image.";
  return mask === "missing" ? "Paint on the base image where it is to change." : null;
}

const messageOf = (error: unknown) =>
  error instanceof Error ? error.message : "The mask could not be sent. Paint it again.";

function MissingReferences({ missing }: Pick<DrawingPreview, "missing">) {
  if (missing.length === 0) return null;
  return (
    <section>
      <h3 className="text-sm">Missing</h3>
      <ul className="mt-1 flex flex-col gap-1 text-sm">
        {missing.map(({ attributes, reason }) => (
          <li key={JSON.stringify(attributes)} className="flex flex-wrap gap-x-2">
            <Status tone="warn">Not sent</Status>
            <span className="min-w-0 [overflow-wrap:anywhere]">{reason}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Cost({ form, change, preview: { usd, mostUsd } }: FormProps & { preview: DrawingPreview }) {
  const id = useId();
  const said = budgetWords({ usd, mostUsd, count: form.count, budget: form.budget });
  return (
    <section className="border-t border-line pt-3">
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
            inputMode="decimal"
            autoComplete="off"
            value={form.budget}
            onChange={({ target }) => change({ budget: target.value })}
            aria-describedby={`${id}-said`}
            className={`${rowControlClass} w-32 tabular-nums`}
          />
        </div>
      </div>
      <p id={`${id}-said`} className="mt-2 text-sm text-muted">
        {said}
      </p>
    </section>
  );
}
