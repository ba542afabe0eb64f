import { ImageOff } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Chip } from "~/components/ui/picture";
import { usePicture } from "~/components/ui/use-picture";
import type { ImagePage } from "~/features/image-page/image-page";
import { archivedIn } from "~/features/images/archived";
import { baseName } from "~/features/images/key-layout";
import { pictureAddress } from "~/features/images/picture-address";
import { visible } from "~/quote";

type LargePictureProps = {
  image: ImagePage["image"];
  /** Buttons over the picture. */
  children?: ReactNode;
};

/** The original, as large as there is room, with the thumbnail in its place until it is there. */
export function LargePicture({ image, children }: LargePictureProps) {
  const [hasOriginal, setOriginal] = useState(false);
  const [isOriginalLost, setOriginalLost] = useState(false);
  const [isThumbnailLost, setThumbnailLost] = useState(false);
  const { width, height } = image;
  const alt = visible(baseName(image.key));
  const isOriginalShown = image.isShownInPlace && image.goneAt === null && image.archivedAs === null;
  const hasThumbnail = image.thumbnail === "made" && image.goneAt === null;
  // The object can have left the bucket since it was indexed.
  const isThumbnailSeen = hasThumbnail && !isThumbnailLost;
  const isLost = isOriginalShown ? isOriginalLost && !isThumbnailSeen : isThumbnailLost;
  return (
    <figure className="relative overflow-hidden rounded-md bg-sunken">
      <div
        className="relative mx-auto max-h-[min(78dvh,1000px)] min-h-64 max-w-full"
        style={{ aspectRatio: width && height ? `${width} / ${height}` : "4 / 3" }}
      >
        {!hasOriginal && hasThumbnail && (
          <Layer address={pictureAddress(image.id, "thumbnail", image.etag)} alt={alt} onLost={setThumbnailLost} />
        )}
        {isOriginalShown && (
          <Layer
            address={pictureAddress(image.id, "original", image.etag)}
            alt={alt}
            onLoad={() => setOriginal(true)}
            onLost={setOriginalLost}
          />
        )}
        {isOriginalLost && isThumbnailSeen && (
          <span className="absolute top-2 left-2">
            <Chip>The original cannot be loaded</Chip>
          </span>
        )}
        {isLost && <Nothing words="The picture cannot be loaded" />}
        {!isOriginalShown && !hasThumbnail && <Nothing words={whyNothing(image)} />}
      </div>
      {children}
    </figure>
  );
}

/** Why no picture can be shown. */
function whyNothing(image: ImagePage["image"]): string {
  if (image.goneAt) return "No longer in the bucket";
  if (image.unreadable) return "Cannot be read";
  if (image.archivedAs) return archivedIn(image.archivedAs);
  return image.isRead ? "Browsers do not show this format" : "No thumbnail yet";
}

type LayerProps = { address: string; alt: string; onLoad?: () => void; onLost(isLost: boolean): void };

/** One picture over the other; one that cannot be had is not there. */
function Layer({ address, alt, onLoad, onLost }: LayerProps) {
  const { hasFailed, ...image } = usePicture(address);
  useEffect(() => onLost(hasFailed), [onLost, hasFailed]);
  if (hasFailed) return null;
  return (
    <img {...image} alt={alt} onLoad={onLoad} decoding="async" className="absolute inset-0 size-full object-contain" />
  );
}

const Nothing = ({ words }: { words: string }) => (
  <span className="absolute inset-0 flex flex-col items-center justify-center gap-2 text-sm text-muted">
    <ImageOff aria-hidden className="size-6" />
    {words}
  </span>
);
