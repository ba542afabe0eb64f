import { useLocation } from "@remix-run/react";
import { ImageOff } from "lucide-react";
import { useCanAct } from "~/components/groups/action-scope";
import { Pages } from "~/components/lists/pages";
import { StartRunForm } from "~/components/runs/start-run-form";
import { EmptyState } from "~/components/ui/empty-state";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import type { GroupView } from "~/features/attribute-groups/read-group.server";
import { count, plural } from "~/features/format";
import { ImageCard } from "./image-card";
import { SelectionBar } from "./selection-bar";
import { useSelection } from "./use-selection";

function IndexButton() {
  const { pathname, search } = useLocation();
  return (
    <StartRunForm kind="index-images" returnTo={`${pathname}${search}`}>
      Index images
    </StartRunForm>
  );
}

/** A page of the group's images, to be looked at and selected. */
export function Images({ group, page, className }: { group: GroupView; page: number; className: string }) {
  const canAct = useCanAct();
  const selection = useSelection(
    group.images.map(({ key }) => key),
    canAct,
  );
  if (group.images.length === 0) {
    return (
      <Panel className={className}>
        <EmptyState
          icon={ImageOff}
          title={group.objects === 0 ? "This folder is empty" : "Not indexed yet"}
          action={group.objects > 0 && <IndexButton />}
        >
          <p>
            {group.objects === 0
              ? "Images added to it appear here after the next index and audit."
              : `The audit saw ${plural(group.objects, "object")}; index the images to see them here.`}
          </p>
        </EmptyState>
      </Panel>
    );
  }
  return (
    <section aria-labelledby="images" className={className}>
      <h2 id="images" className="sr-only">
        Images
      </h2>
      {(group.objects !== group.indexed || group.images.some(({ isAsAudited }) => !isAsAudited)) && (
        <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-line bg-surface px-4 py-2.5 text-sm">
          <Status tone="warn">Changed between audit and index</Status>
          <p className="min-w-0 grow basis-60">
            The audit saw {plural(group.objects, "object")}; the index knows {count(group.indexed)}
            {group.objects === group.indexed && ", not all with the same content"}. Index the images to bring this page
            up to date.
          </p>
          <IndexButton />
        </div>
      )}
      <ul className="grid gap-3 sm:grid-cols-[repeat(auto-fill,minmax(240px,1fr))]">
        {group.images.map((image) => (
          <li key={image.id}>
            <ImageCard
              image={image}
              folder={group.attributes}
              isSelected={selection.selected.includes(image.key)}
              onSelect={(event) => selection.toggle(image.key, event)}
            />
          </li>
        ))}
      </ul>
      <Pages page={page} pageSize={group.pageSize} total={group.indexed} />
      <SelectionBar
        group={group.name}
        selected={selection.selected}
        shown={group.images.length}
        onSelectAll={selection.selectAll}
        onClear={selection.clear}
      />
    </section>
  );
}
