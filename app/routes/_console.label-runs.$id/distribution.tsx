import { cx } from "~/components/ui/cx";
import { attributeWords } from "~/features/attribute-words";
import { count } from "~/features/format";
import type { ProposedCounts } from "~/features/labeling/views/read-proposals.server";

/** How often each value was proposed, a line an attribute, so that a run that answers everything alike is seen at once. */
export function Distribution({ counts }: { counts: ProposedCounts[] }) {
  return (
    <section className="rounded-md border border-line bg-surface px-4 py-3">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-base">What was proposed</h2>
        <p className="text-sm text-muted">None of it has been accepted.</p>
      </header>
      <dl className="mt-2 grid gap-x-8 gap-y-1 text-xs xl:grid-cols-2">
        {counts.map(({ attribute, values }) => (
          <div key={attribute} className="flex items-baseline gap-x-3">
            <dt className="w-18 shrink-0 text-muted">{attributeWords(attribute)}</dt>
            <Bar values={values} />
            <dd className="min-w-0 grow text-pretty tabular-nums">
              {values.map(({ value, count: times }, index) => (
                <span key={value} className={cx(times === 0 && "text-muted")}>
                  {index > 0 && <span className="text-muted"> · </span>}
                  <span className="whitespace-nowrap">
                    {value} <span className={cx(times > 0 && "font-medium")}>{count(times)}</span>
                  </span>
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const WIDTH = 80;
const GAP = 1;

/** The values' shares, in their order, from dark to light. */
function Bar({ values }: Pick<ProposedCounts, "values">) {
  const total = values.reduce((sum, { count: times }) => sum + times, 0);
  const widthOf = (times: number) => (WIDTH * times) / Math.max(total, 1);
  const startOf = (index: number) => values.slice(0, index).reduce((sum, { count: times }) => sum + widthOf(times), 0);
  return (
    <svg aria-hidden viewBox={`0 0 ${WIDTH} 8`} className="h-2 w-20 shrink-0 fill-ink max-sm:hidden">
      {values.map(
        ({ value, count: times }, index) =>
          times > 0 && (
            <rect
              key={value}
              x={startOf(index)}
              width={Math.max(widthOf(times) - GAP, GAP)}
              height="8"
              fillOpacity={0.85 - (0.65 * index) / Math.max(values.length - 1, 1)}
            />
          ),
      )}
    </svg>
  );
}
