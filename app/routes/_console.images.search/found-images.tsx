import { useNavigate } from "@remix-run/react";
import { useMemo } from "react";
import { imageActions } from "~/components/actions/image-actions";
import { useImageActions, useOfferActions } from "~/components/actions/image-actions-provider";
import { ImageCard, type Opening } from "~/components/images/image-card";
import { SelectBox } from "~/components/selection/select-box";
import { isEmpty } from "~/components/selection/selection";
import { SelectionBar } from "~/components/selection/selection-bar";
import { useMoveKeys, useSelected, useSelection } from "~/components/selection/use-selection";
import { count, plural } from "~/features/format";
import { type ImageSearch, type Why, whyInWords } from "~/features/image-search/image-search";
import { toImageSearch } from "~/features/image-search/image-search-address";
import type { DrawnCard } from "~/features/images/browse/with-placeholders.server";
import { baseName } from "~/features/images/key-layout";

/** The images of a search, the best first, each with why it is there, to be looked at and selected. */
export function FoundImages({ images, search }: { images: { card: DrawnCard; why: Why }[]; search: ImageSearch }) {
  const ids = images.map(({ card }) => card.id);
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
      ? { label: `Select all ${count(ids.length)} found`, onPress: control.selectShown }
      : null;
  useOfferActions(imageActions, target, more);
  return (
    <section aria-label="Images found">
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,144px),1fr))] gap-x-2 gap-y-4">
        {images.map(({ card, why }) => (
          <li key={card.id} className="min-w-0">
            <ImageCard
              image={card}
              opening={opening}
              corner={
                <SelectBox name={baseName(card.key)} box={control.boxOf(card.id)} isSelecting={!isEmpty(selection)} />
              }
            >
              {whyInWords(why)}
            </ImageCard>
          </li>
        ))}
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

/** Images are opened as pages of their own. */
function useOpening(): Opening {
  const navigate = useNavigate();
  return useMemo(() => ({ pageOf, open: (id) => navigate(pageOf(id)) }), [navigate]);
}

const pageOf = (id: number) => `/images/${id}`;
