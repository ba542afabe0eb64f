import { count } from "~/components/format";
import { attributeWords } from "~/components/labels/answers";
import { cx } from "~/components/ui/cx";
import { Panel } from "~/components/ui/panel";
import type { ProposedCounts } from "~/features/labeling/read-label-run.server";

/** How often each value was proposed, so that a run that answers everything alike is seen at once. */
export function Distribution({ counts }: { counts: ProposedCounts[] }) {
  return (
    <Panel title="What was proposed">
      <div className="grid grid-cols-[repeat(auto-fit,minmax(148px,1fr))] gap-x-6 gap-y-5">
        {counts.map(({ attribute, values }) => {
          const total = values.reduce((sum, value) => sum + value.count, 0);
          return (
            <section key={attribute}>
              <h3 className="text-sm">{attributeWords(attribute)}</h3>
              <dl className="mt-1.5 flex flex-col gap-1 text-xs">
                {values.map((value) => (
                  <div key={value.value} className="grid grid-cols-[84px_1fr_auto] items-center gap-2">
                    <dt className="truncate text-muted">{value.value}</dt>
                    <dd className="contents">
                      <svg aria-hidden viewBox="0 0 100 6" preserveAspectRatio="none" className="h-1.5 w-full">
                        <rect width="100" height="6" className="fill-sunken" />
                        <rect
                          width={total === 0 ? 0 : (100 * value.count) / total}
                          height="6"
                          className="fill-control"
                        />
                      </svg>
                      <span className={cx("min-w-5 text-right tabular-nums", value.count === 0 && "text-muted")}>
                        {count(value.count)}
                      </span>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Panel>
  );
}
