import { ExportLinks } from "~/components/lists/export-links";
import { useHasRole } from "~/components/operator";
import { IntentButton } from "~/components/ui/forms/intent-button";
import { Panel } from "~/components/ui/panel";
import { TextLink } from "~/components/ui/text-link";
import { count, dollars, plural } from "~/features/format";
import type { Quote } from "~/features/labeling/quote/quote";
import { type QuoteLine, quoteAndActual } from "~/features/labeling/quote/quote-and-actual";
import type { LabelRunView } from "~/features/labeling/views/read-label-run.server";

type QuoteProps = { labelRun: Pick<LabelRunView, "run" | "totals" | "pilot"> };

/** What the run was expected to take beside what it took, and how to know better before it is applied. */
export function QuoteAndActual({ labelRun: { run, totals, pilot } }: QuoteProps) {
  const { quote } = totals;
  if (!quote) return null;
  return (
    <Panel
      title="Quote and actual"
      aside={
        <ExportLinks path={`/label-runs/${run.id}/quote`} params={new URLSearchParams()} what="quote and actual" />
      }
    >
      <table className="w-full text-sm tabular-nums">
        <caption className="sr-only">Quote and actual</caption>
        <thead>
          <tr className="border-b border-line text-left text-muted">
            <th scope="col" className="py-1 font-normal">
              <span className="sr-only">What</span>
            </th>
            <th scope="col" className="py-1 text-right font-normal">
              Expected
            </th>
            <th scope="col" className="py-1 pl-4 text-right font-normal">
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
              <td className="py-1.5 pl-4 text-right">{actual}</td>
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

const words: Record<QuoteLine["name"], string> = {
  costP50Usd: "Cost, half the time at most (p50)",
  costP90Usd: "Cost, 9 in 10 times at most (p90)",
  calls: "Calls",
  textTokensPerCall: "Text tokens a call",
  imageTokensPerCall: "Image tokens a call",
  outputTokensPerCall: "Output tokens a call",
};

function linesOf(quote: Quote, totals: LabelRunView["totals"]) {
  return quoteAndActual(quote, totals).map(({ name, expected, actual }) => {
    const isCost = name === "costP50Usd" || name === "costP90Usd";
    const figure = isCost ? dollars : count;
    const more = isCost && totals.callsOfUnknownCost > 0 ? " and unknown" : "";
    return {
      what: words[name],
      expected: expected === null ? unknown : figure(expected),
      actual: actual === null ? "–" : `${figure(actual)}${more}`,
    };
  });
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
