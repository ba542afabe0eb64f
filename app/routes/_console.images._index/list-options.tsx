import { Link, useSearchParams } from "@remix-run/react";
import { Filter, FilterChoices } from "~/components/lists/filter";
import { useSearchLink } from "~/components/lists/use-search-link";
import { cx } from "~/components/ui/cx";
import { useChangeView } from "./change-view";
import { DensitySlider } from "./density-slider";

const orders = [
  { value: "created-desc", label: "Newest first" },
  { value: "created-asc", label: "Oldest first" },
  { value: "key-asc", label: "Key, A to Z" },
  { value: "key-desc", label: "Key, Z to A" },
  { value: "bytes-desc", label: "Largest first" },
  { value: "bytes-asc", label: "Smallest first" },
];

/** In which order the images stand, as what, and how large. */
export function ListOptions() {
  const [params] = useSearchParams();
  const linkTo = useSearchLink();
  const sort = params.get("sort");
  const isTable = params.get("view") === "table";
  const order = orders.find(({ value }) => value === sort);
  return (
    <div className="-mt-2 flex flex-wrap items-center gap-2 bg-canvas py-2 lg:sticky lg:top-12 lg:z-10">
      <Filter label="Order" value={order?.label ?? null} clearTo={linkTo({ sort: null })}>
        <FilterChoices
          choices={orders.map(({ value, label }) => ({
            label,
            to: linkTo({ sort: value === "created-desc" ? null : value }),
            isCurrent: value === (sort ?? "created-desc"),
          }))}
        />
      </Filter>
      <ViewSwitch isTable={isTable} />
      {!isTable && <DensitySlider />}
    </div>
  );
}

/** As pictures or as rows: links, because the URL is the state. With script the list stays where it is. */
function ViewSwitch({ isTable }: { isTable: boolean }) {
  const linkTo = useSearchLink();
  const changeView = useChangeView();
  const choices = [
    { label: "Grid", view: null, isCurrent: !isTable },
    { label: "Table", view: "table", isCurrent: isTable },
  ];
  return (
    <nav aria-label="View">
      <ul className="flex overflow-hidden rounded-md border border-line-strong">
        {choices.map(({ label, view, isCurrent }) => (
          <li key={label} className="border-l border-line first:border-l-0">
            <Link
              to={linkTo({ view })}
              preventScrollReset
              aria-current={isCurrent || undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                changeView({ view });
              }}
              className={cx(
                "flex h-7.5 items-center px-2.5 text-sm -outline-offset-2 hover:bg-hover max-sm:h-11",
                isCurrent ? "bg-sunken font-medium" : "bg-surface text-muted",
              )}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
