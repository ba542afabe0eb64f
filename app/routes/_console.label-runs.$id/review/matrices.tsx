import { useNavigate } from "@remix-run/react";
import { TriangleAlert } from "lucide-react";
import type { MouseEvent } from "react";
import { useSearchLink } from "~/components/lists/use-search-link";
import { cx } from "~/components/ui/cx";
import { TextLink } from "~/components/ui/text-link";
import { attributeWords } from "~/features/attribute-words";
import { count, plural } from "~/features/format";
import { changeWords, oldWords } from "~/features/labeling/review/filter-words";
import type { Matrix, MatrixCell } from "~/features/labeling/review/matrix";
import type { ReviewFilter } from "~/features/labeling/review/review-filter";
import { visible } from "~/quote";

type MatricesProps = {
  matrices: readonly Matrix[];
  filter: ReviewFilter;
  /** Listed values of each attribute, in the order in which people expect to see them. */
  values: Readonly<Record<string, readonly string[]>>;
};

/** What would become of what, attribute by attribute; a cell leads to its proposals. What changes nothing is folded away. */
export function Matrices({ matrices, filter, values }: MatricesProps) {
  return (
    <section
      aria-label="Changes by attribute"
      className="relative flex min-w-0 gap-3 max-xl:snap-x max-xl:items-start max-xl:overflow-x-auto max-xl:pb-1 xl:sticky xl:flex-col xl:top-16 xl:max-h-[calc(100dvh-5rem)] xl:overflow-y-auto"
    >
      <svg aria-hidden className="hidden">
        <symbol id={CONFLICT_MARK} viewBox="0 0 24 24">
          <TriangleAlert />
        </symbol>
      </svg>
      {matrices.map((matrix) => (
        <AttributeMatrix
          key={matrix.attribute}
          matrix={matrix}
          filter={filter}
          values={values[matrix.attribute] ?? []}
        />
      ))}
    </section>
  );
}

/** Cells are a few hundred: one picture is drawn, and all that need it refer to it. */
const CONFLICT_MARK = "conflict-mark";

/** Follows a cell's link without leaving its place in the window; a tenth of the page's time would go into Remix's own links. */
function useFollow() {
  const navigate = useNavigate();
  return (event: MouseEvent<HTMLAnchorElement>) => {
    const { button, metaKey, ctrlKey, shiftKey, altKey } = event;
    if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return;
    event.preventDefault();
    const { pathname, search } = event.currentTarget;
    navigate(`${pathname}${search}`, { preventScrollReset: true });
  };
}

/** Listed values first, in their order; then what the schema no longer knows. */
function inOrder<Value extends string | null>(found: readonly Value[], values: readonly string[]): Value[] {
  const placeOf = (value: Value) =>
    value === null ? -1 : (values.indexOf(value) + values.length + 1) % (values.length + 1);
  return [...new Set(found)].sort((a, b) => placeOf(a) - placeOf(b) || String(a).localeCompare(String(b)));
}

function AttributeMatrix({
  matrix: { attribute, cells, same },
  filter,
  values,
}: Omit<MatricesProps, "matrices" | "values"> & { matrix: Matrix; values: readonly string[] }) {
  const linkTo = useSearchLink();
  const follow = useFollow();
  const isCurrent = filter.attribute === attribute;
  const olds = inOrder(
    cells.map((cell) => cell.old),
    values,
  );
  const news = inOrder(
    cells.map((cell) => cell.new),
    values,
  );
  const changes = cells.reduce((sum, cell) => sum + cell.count, 0);
  const name = attributeWords(attribute);
  const toAttribute = linkTo({ attribute, old: null, unlabeled: null, new: null, same: null });
  return (
    <div
      className={cx(
        "rounded-md border bg-surface max-xl:max-w-full max-xl:min-w-60 max-xl:shrink-0 max-xl:snap-start",
        isCurrent ? "border-line-strong" : "border-line",
      )}
    >
      <header className="flex items-baseline justify-between gap-3 px-3 pt-2 pb-1">
        <h3 className="text-sm">
          <TextLink to={toAttribute} preventScrollReset aria-current={isCurrent || undefined}>
            {name}
          </TextLink>
        </h3>
        <p className="text-xs text-muted tabular-nums">{changes === 0 ? "no changes" : plural(changes, "change")}</p>
      </header>
      {cells.length > 0 && (
        <div className="overflow-x-auto px-3 pb-1">
          <table className="text-xs tabular-nums">
            <caption className="sr-only">{name}: from the present label (rows) to the proposed value (columns)</caption>
            <thead>
              <tr>
                <td className="pr-2 text-muted">
                  <span aria-hidden>↓ → </span>
                </td>
                {news.map((to) => (
                  <th key={to} scope="col" className="h-7 px-1.5 text-right font-normal whitespace-nowrap text-muted">
                    {visible(to)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {olds.map((old) => (
                <tr key={old ?? " none"} className="border-t border-line">
                  <th scope="row" className="pr-2 text-left font-normal whitespace-nowrap text-muted">
                    {oldWords(old)}
                  </th>
                  {news.map((to) => (
                    <td key={to} className="p-0 text-right">
                      <Cell
                        cell={cells.find((cell) => cell.old === old && cell.new === to)}
                        about={name}
                        isCurrent={isCurrent && filter.old === old && filter.new === to}
                        follow={follow}
                        to={linkTo({
                          ...{ attribute, new: to, same: null },
                          ...(old === null ? { old: null, unlabeled: "yes" } : { old, unlabeled: null }),
                        })}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {same > 0 && (
        <p className="border-t border-line px-3 py-1.5 text-xs text-muted tabular-nums">
          <TextLink to={linkTo({ attribute, old: null, unlabeled: null, new: null, same: "only" })} preventScrollReset>
            {count(same)} unchanged
          </TextLink>
          , hidden
        </p>
      )}
    </div>
  );
}

type CellProps = {
  cell: MatrixCell | undefined;
  about: string;
  isCurrent: boolean;
  to: string;
  follow(event: MouseEvent<HTMLAnchorElement>): void;
};

function Cell({ cell, about, isCurrent, to, follow }: CellProps) {
  if (!cell) {
    return (
      <span aria-hidden className="block px-1.5 text-line-strong">
        ·
      </span>
    );
  }
  const parts = [
    cell.open > 0 && `${count(cell.open)} open`,
    cell.accepted > 0 && `${count(cell.accepted)} accepted`,
    cell.rejected > 0 && `${count(cell.rejected)} rejected`,
    cell.conflicts > 0 && `${count(cell.conflicts)} against a person's label`,
  ].filter(Boolean);
  return (
    <a
      href={to}
      onClick={follow}
      aria-current={isCurrent || undefined}
      title={parts.join(" · ")}
      className={cx(
        "flex h-7 min-w-8 items-center justify-end gap-0.5 rounded-md px-1.5 -outline-offset-2 hover:bg-hover max-sm:h-11 max-sm:min-w-11",
        isCurrent && "bg-sunken outline-2 outline-accent",
        cell.open > 0 ? "font-medium" : "text-muted",
      )}
    >
      {cell.conflicts > 0 && (
        <svg aria-hidden className="size-3 text-warn">
          <use href={`#${CONFLICT_MARK}`} />
        </svg>
      )}
      <span className="sr-only">
        {about} {changeWords(cell)}: {parts.join(", ")}.{" "}
      </span>
      {count(cell.count)}
    </a>
  );
}
