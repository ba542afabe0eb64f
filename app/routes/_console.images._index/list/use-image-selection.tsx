import { useFetcher } from "@remix-run/react";
import { type ReactNode, useEffect } from "react";
import { imageActions } from "~/components/actions/image-actions";
import { useImageActions, useOfferActions } from "~/components/actions/image-actions-provider";
import { allWords, describeSelection } from "~/components/selection/describe-selection";
import { SelectBox } from "~/components/selection/select-box";
import { isEmpty } from "~/components/selection/selection";
import { SelectionBar } from "~/components/selection/selection-bar";
import { type Selected, useSelection } from "~/components/selection/use-selection";
import { count } from "~/features/format";
import { baseName } from "~/features/images/key-layout";
import { toImageAddress } from "~/features/images/query/image-address";
import type { ImageQuery } from "~/features/images/query/image-query";
import { MOST_PICKED } from "~/features/images/query/image-selection";

type Total = { count: number; isExact: boolean };

type ListOfImages = {
  selected: Selected<number>;
  query: ImageQuery;
  /** Of all images that are loaded, in the order of the list. */
  ids: number[];
  /** Null while it is counted. */
  total: Total | null;
};

/**
 * Which images of the list are selected, and what can be done with them.
 * @returns what stands over each card's corner, and the bar at the window's foot
 */
export function useImageSelection({ selected, query, ids, total }: ListOfImages) {
  const address = String(toImageAddress(query));
  const control = useSelection({ selected, shown: ids, most: MOST_PICKED, isOffered: true });
  const { selection } = control;
  const counted = useExactTotal(address, total, selection.isAll);
  const described = describeSelection(selection, { query, total: counted });
  const target = described && { selection: described.images, what: described.what };
  const actions = useImageActions(imageActions, target);
  const isSelecting = !isEmpty(selection);
  const canSelectAll = ids.length > 0 && (!selection.isAll || selection.except.size > 0);
  const more = canSelectAll ? { label: `Select ${allWords(query, total)}`, onPress: control.selectAll } : null;
  useOfferActions(imageActions, target, more);
  const corner = ({ id, key }: { id: number; key: string }): ReactNode => (
    <SelectBox name={baseName(key)} box={control.boxOf(id)} isSelecting={isSelecting} />
  );
  const bar = described && (
    <SelectionBar
      words={described.words}
      what={described.what}
      complaint={
        control.isFull
          ? `At most ${count(MOST_PICKED)} images can be picked one by one. Select all matching instead.`
          : null
      }
      more={more}
      onClear={control.clear}
      actions={actions}
    />
  );
  return { corner, bar };
}

/** How many the list has. Beyond what is counted unasked, exactly once all of them are selected. */
function useExactTotal(address: string, total: Total | null, isAsked: boolean): Total | null {
  const { load, data } = useFetcher<{ address: string; count: number }>();
  const isDue = isAsked && total !== null && !total.isExact;
  useEffect(() => {
    if (isDue) load(`/image-counts?${address}`);
  }, [isDue, load, address]);
  return isDue && data?.address === address ? { count: data.count, isExact: true } : total;
}
