import type { ComponentProps } from "react";
import { ImageCard, type Opening } from "~/components/images/image-card";
import { SelectBox } from "~/components/selection/select-box";
import { type FoundImage, whyInWords } from "~/features/image-search/image-search";
import type { DrawnCard } from "~/features/images/browse/with-placeholders.server";
import { baseName } from "~/features/images/key-layout";

type FoundCardProps = {
  image: FoundImage & { card: DrawnCard };
  opening: Opening;
  box: ComponentProps<typeof SelectBox>["box"];
  isSelecting: boolean;
};

/** An image of a search, with why it is there, and whether it is one that is there already. */
export const FoundCard = ({ image: { card, why, nearDuplicateOf }, opening, box, isSelecting }: FoundCardProps) => (
  <ImageCard
    image={card}
    opening={opening}
    corner={<SelectBox name={baseName(card.key)} box={box} isSelecting={isSelecting} />}
  >
    {nearDuplicateOf !== null && <span className="block text-ink">Nearly the same</span>}
    {whyInWords(why)}
  </ImageCard>
);
