import type { ReactNode } from "react";
import { Picture } from "~/components/ui/picture";
import { bytes } from "~/features/format";
import { archivedIn } from "~/features/images/archived";
import type { ImageCard as Image } from "~/features/images/browse/read-cards.sql.server";
import { baseName } from "~/features/images/key-layout";

/** Where a picture should be and is none, why. */
export function missingWords(image: Image): string | undefined {
  if (image.goneAt) return "No longer in the bucket";
  if (image.isUnreadable) return "Cannot be read";
  if (image.archivedAs) return archivedIn(image.archivedAs);
  return image.hasThumbnail ? undefined : "No thumbnail";
}

type ImageCardProps = {
  image: Image;
  /** What stands over the picture's upper left corner: the checkbox that selects it. */
  corner?: ReactNode;
};

/** One image as a picture with two lines of text. Hovering or focusing anything in it is `group-hover/card`, `group-focus-within/card`. */
export function ImageCard({ image, corner }: ImageCardProps) {
  const name = baseName(image.key);
  return (
    <article data-image={image.id} className="group/card relative min-w-0">
      <a href={`/images/${image.id}/original`} target="_blank" rel="noreferrer" title={image.key} className="block">
        <Picture
          imageId={image.id}
          etag={image.etag}
          missing={missingWords(image)}
          alt={name}
          className="aspect-square"
        />
        <span className="mt-1 block truncate text-xs">{name}</span>
        <span className="block truncate text-xs text-muted">
          {image.ownerName ?? "No owner"} · {bytes(image.bytes)}
        </span>
      </a>
      {corner && <div className="absolute top-1.5 left-1.5">{corner}</div>}
    </article>
  );
}
