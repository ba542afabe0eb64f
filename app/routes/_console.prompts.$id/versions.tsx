import { Link } from "@remix-run/react";
import { Time } from "~/components/time";
import { CountTitle } from "~/components/ui/count-title";
import { cx } from "~/components/ui/cx";
import { Panel } from "~/components/ui/panel";

type VersionsProps = {
  versions: { id: number; version: number; createdAt: Date }[];
  /** The one that the page shows. */
  current: number;
};

/** Every version of the prompt, the newest first. */
export function Versions({ versions, current }: VersionsProps) {
  return (
    <Panel title={<CountTitle total={versions.length}>Versions</CountTitle>} isPadded={false}>
      <ul className="max-h-72 overflow-y-auto py-1">
        {versions.map(({ id, version, createdAt }) => (
          <li key={id}>
            <Link
              to={`/prompts/${id}`}
              aria-current={id === current ? "page" : undefined}
              className={cx(
                "flex min-h-9 items-center justify-between px-4 text-sm -outline-offset-2 hover:bg-hover max-sm:min-h-11",
                id === current && "bg-hover font-medium",
              )}
            >
              v{version}
              <span className="font-normal text-muted">
                <Time at={createdAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
