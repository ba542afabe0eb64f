import { useLocation } from "@remix-run/react";
import { ImageOff } from "lucide-react";
import type { ActionTarget } from "~/components/actions/image-action";
import { groupImageActions } from "~/components/actions/image-actions";
import { useImageActions, useOfferActions } from "~/components/actions/image-actions-provider";
import { useCanAct } from "~/components/groups/action-scope";
import { Pages } from "~/components/lists/pages";
import { StartRunForm } from "~/components/runs/start-run-form";
import { isEmpty } from "~/components/selection/selection";
import { SelectionBar } from "~/components/selection/selection-bar";
import { useMoveKeys, useSelected, useSelection } from "~/components/selection/use-selection";
import { EmptyState } from "~/components/ui/empty-state";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import type { GroupView } from "~/features/attribute-groups/read-group.server";
import { count, plural } from "~/features/format";
import { ImageCard } from "./image-card";

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
  const ids = group.images.map(({ id }) => id);
  const selected = useSelected<number>(`${group.prefix}${page}`);
  const control = useSelection({ selected, shown: ids, most: ids.length, isOffered: canAct });
  const { selection } = control;
  useMoveKeys(canAct);
  const picked = selection.isAll ? [] : ids.filter((id) => selection.picked.has(id));
  const target: ActionTarget | null =
    picked.length === 0
      ? null
      : {
          selection: { ids: picked },
          what: plural(picked.length, "image"),
          group: { root: group.root, name: group.name },
        };
  const actions = useImageActions(groupImageActions, target);
  const more =
    picked.length < ids.length
      ? { label: `Select all ${count(ids.length)} on this page`, onPress: control.selectShown }
      : null;
  useOfferActions(groupImageActions, target, canAct ? more : null);
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
              box={control.boxOf(image.id)}
              isSelecting={!isEmpty(selection)}
            />
          </li>
        ))}
      </ul>
      <Pages page={page} pageSize={group.pageSize} total={group.indexed} />
      {target && (
        <SelectionBar
          words={`${count(picked.length)} selected`}
          what={target.what}
          more={more}
          onClear={control.clear}
          actions={actions}
        />
      )}
    </section>
  );
}
