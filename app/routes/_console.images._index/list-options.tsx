import { Link, useSearchParams } from "@remix-run/react";
import { Filter, FilterChoices } from "~/components/lists/filter";
import { useSearchLink } from "~/components/lists/use-search-link";
import { cx } from "~/components/ui/cx";

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
    <div className="flex flex-wrap items-center gap-2">
      <Filter label="Order" value={order?.label ?? null} clearTo={linkTo({ sort: null })}>
        <FilterChoices
          choices={orders.map(({ value, label }) => ({
            label,
            to: linkTo({ sort: value === "created-desc" ? null : value }),
            isCurrent: value === (sort ?? "created-desc"),
          }))}
        />
      </Filter>
      <Switch
        label="View"
        choices={[
          { label: "Grid", to: linkTo({ view: null }), isCurrent: !isTable },
          { label: "Table", to: linkTo({ view: "table" }), isCurrent: isTable },
        ]}
      />
      {!isTable && (
        <Switch
          label="Size"
          choices={["small", "medium", "large"].map((size) => ({
            label: `${size[0]?.toUpperCase()}${size.slice(1)}`,
            to: linkTo({ size: size === "medium" ? null : size }),
            isCurrent: size === (params.get("size") ?? "medium"),
          }))}
        />
      )}
    </div>
  );
}

type SwitchProps = { label: string; choices: { label: string; to: string; isCurrent: boolean }[] };

/** A few choices beside each other; links, because the URL is the state. */
function Switch({ label, choices }: SwitchProps) {
  return (
    <nav aria-label={label}>
      <ul className="flex overflow-hidden rounded-md border border-line-strong">
        {choices.map((choice) => (
          <li key={choice.label} className="border-l border-line first:border-l-0">
            <Link
              to={choice.to}
              preventScrollReset
              aria-current={choice.isCurrent || undefined}
              className={cx(
                "flex h-7.5 items-center px-2.5 text-sm -outline-offset-2 hover:bg-hover max-sm:h-11",
                choice.isCurrent ? "bg-sunken font-medium" : "bg-surface text-muted",
              )}
            >
              {choice.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
