import { useNavigate } from "@remix-run/react";
import { useMemo, useState } from "react";
import { imageActions } from "~/components/actions/image-actions";
import { useImageActions, useOfferActions } from "~/components/actions/image-actions-provider";
import type { Opening } from "~/components/images/image-card";
import { isEmpty } from "~/components/selection/selection";
import { SelectionBar } from "~/components/selection/selection-bar";
import { useMoveKeys, useSelected, useSelection } from "~/components/selection/use-selection";
import { count, plural } from "~/features/format";
import { foldAlike } from "~/features/image-search/fold-alike";
import type { FoundImage, ImageSearch } from "~/features/image-search/image-search";
import { toImageSearch } from "~/features/image-search/image-search-address";
import type { DrawnCard } from "~/features/images/browse/with-placeholders.server";
import { FoundCard } from "./found-card";
import { NearlySame } from "./nearly-same";

/**
 * The images of a search, the best first, each with why it is there, to be looked at and selected. Of some that are nearly the same the best is
 * shown, and the others where somebody asks for them: what is not shown is not selected.
 */
export function FoundImages({ images, search }: { images: (FoundImage & { card: DrawnCard })[]; search: ImageSearch }) {
  const folded = useMemo(() => foldAlike(images), [images]);
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const ids = folded.flatMap(({ first, others }) =>
    [first, ...(unfolded.has(first.id) ? others : [])].map(({ id }) => id),
  );
  const opening = useOpening();
  const control = useSelection({
    selected: useSelected<number>(toImageSearch(search)),
    shown: ids,
    most: ids.length,
    isOffered: true,
  });
  const { selection } = control;
  useMoveKeys(true);
  const picked = selection.isAll ? [] : ids.filter((id) => selection.picked.has(id));
  const target = picked.length === 0 ? null : { selection: { ids: picked }, what: plural(picked.length, "image") };
  const actions = useImageActions(imageActions, target);
  const more =
    picked.length < ids.length
      ? { label: `Select all ${count(ids.length)} shown`, onPress: control.selectShown }
      : null;
  useOfferActions(imageActions, target, more);
  const cardOf = (image: FoundImage & { card: DrawnCard }) => (
    <FoundCard image={image} opening={opening} box={control.boxOf(image.id)} isSelecting={!isEmpty(selection)} />
  );
  return (
    <section aria-label="Images found">
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,144px),1fr))] gap-x-2 gap-y-4">
        {folded.map(({ first, others }) => {
          const isOpen = unfolded.has(first.id);
          return [
            <li key={first.id} className="flex min-w-0 flex-col">
              {cardOf(first)}
              {others.length > 0 && (
                <NearlySame
                  others={others.length}
                  of={first.card.key}
                  isOpen={isOpen}
                  onPress={() => setUnfolded(toggled(unfolded, first.id))}
                />
              )}
            </li>,
            ...(isOpen ? others : []).map((image) => (
              <li key={image.id} className="min-w-0">
                {cardOf(image)}
              </li>
            )),
          ];
        })}
      </ul>
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

function toggled(ids: ReadonlySet<number>, id: number): ReadonlySet<number> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Images are opened as pages of their own. */
function useOpening(): Opening {
  const navigate = useNavigate();
  return useMemo(() => ({ pageOf, open: (id) => navigate(pageOf(id)) }), [navigate]);
}

const pageOf = (id: number) => `/images/${id}`;
