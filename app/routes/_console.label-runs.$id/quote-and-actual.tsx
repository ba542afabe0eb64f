import { useHasRole } from "~/components/operator";
import { IntentButton } from "~/components/ui/forms/intent-button";
import { Panel } from "~/components/ui/panel";
import { TextLink } from "~/components/ui/text-link";
import { count, dollars, plural } from "~/features/format";
import type { Quote } from "~/features/labeling/quote/quote";
import type { LabelRunView } from "~/features/labeling/views/read-label-run.server";

type QuoteProps = { labelRun: Pick<LabelRunView, "totals" | "pilot"> };

/** What the run was expected to take beside what it took, and how to know better before it is applied. */
export function QuoteAndActual({ labelRun: { totals, pilot } }: QuoteProps) {
  const { quote } = totals;
  if (!quote) return null;
  return (
    <Panel title="Quote and actual">
      <table className="w-full text-sm tabular-nums">
        <thead>
          <tr className="border-b border-line text-left text-muted">
            <th scope="col" className="py-1 font-normal">
              <span className="sr-only">What</span>
            </th>
            <th scope="col" className="py-1 text-right font-normal">
              Expected
            </th>
            <th scope="col" className="py-1 text-right font-normal">
              Actual
            </th>
          </tr>
        </thead>
        <tbody>
          {linesOf(quote, totals).map(({ what, expected, actual }) => (
            <tr key={what} className="border-b border-line last:border-0">
              <th scope="row" className="py-1.5 pr-3 text-left font-normal text-muted">
                {what}
              </th>
              <td className="py-1.5 text-right">{expected}</td>
              <td className="py-1.5 pl-3 text-right">{actual}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 text-sm text-muted">{basisWords(quote)}</p>
      {imageTokensDiffer(quote, totals) && (
        <p className="mt-2 text-sm">
          Gemini billed more or fewer image tokens than prices/models.json expects. Correct the model’s numbers there,
          or in the file that MODELS_FILE names.
        </p>
      )}
      {pilot && <PilotOffer pilot={pilot} isNeeded={quote.p90Usd === null} />}
    </Panel>
  );
}

const unknown = "unknown";
const usd = (value: number | null) => (value === null ? unknown : dollars(value));

function linesOf(quote: Quote, totals: LabelRunView["totals"]) {
  const { billedCalls } = totals;
  const each = (tokens: number) => (billedCalls === 0 ? "–" : count(Math.round(tokens / billedCalls)));
  const spent = totals.callsOfUnknownCost > 0 ? `${dollars(totals.spentUsd)} and unknown` : dollars(totals.spentUsd);
  const actual = totals.calls === 0 ? "–" : spent;
  return [
    { what: "Cost, half the time at most (p50)", expected: usd(quote.p50Usd), actual },
    { what: "Cost, 9 times in 10 at most (p90)", expected: usd(quote.p90Usd), actual },
    {
      what: "Calls",
      expected: count(Math.round(quote.images * quote.callsPerImage)),
      actual: totals.calls === 0 ? "–" : count(totals.calls),
    },
    { what: "Text tokens a call", expected: count(quote.call.text), actual: each(totals.textTokens) },
    { what: "Image tokens a call", expected: count(quote.call.image), actual: each(totals.imageTokens) },
    {
      what: "Output tokens a call",
      expected: count(Math.round(quote.outputTokens / quote.callsPerImage)),
      actual: each(totals.outputTokens),
    },
  ];
}

function basisWords({ basis, samples, call }: Quote): string {
  const input = call.isEstimate ? "Gemini could not count the input: it is the most it can be. " : "";
  if (basis === "version") return `${input}Output as in ${plural(samples, "answer")} to this prompt version.`;
  if (basis === "name") return `${input}Output as in ${plural(samples, "answer")} to other versions of this prompt.`;
  return `${input}No answer to this prompt is known yet: output as long as the schema asks for, so there is no p90.`;
}

/** By more than what a picture's own size can explain. */
const imageTokensDiffer = ({ call }: Quote, { billedCalls, imageTokens }: LabelRunView["totals"]) =>
  billedCalls > 0 && Math.abs(imageTokens / billedCalls - call.image) > 0.05 * call.image;

function PilotOffer({ pilot, isNeeded }: { pilot: NonNullable<LabelRunView["pilot"]>; isNeeded: boolean }) {
  const canAct = useHasRole("operator");
  const { images, last, quote } = pilot;
  if (last && !last.isOver) {
    return (
      <p className="mt-3 border-t border-line pt-3 text-sm">
        <TextLink to={`/job-runs/${last.id}`}>A pilot</TextLink> is under way.
      </p>
    );
  }
  if (!canAct || images === 0 || (last && !isNeeded)) return null;
  const cost = quote
    ? `about ${dollars(quote.expectedUsd)}${quote.mostUsd ? `, at most ${dollars(quote.mostUsd)}` : ""}`
    : unknown;
  return (
    <div className="mt-3 flex flex-wrap items-center gap-3 border-t border-line pt-3">
      <IntentButton intent="pilot">{`Ask about ${plural(images, "image")} first`}</IntentButton>
      <p className="text-sm text-muted">Costs {cost}. The answers are kept: the run starts with them.</p>
    </div>
  );
}
