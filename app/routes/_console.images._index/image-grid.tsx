import { useSearchParams } from "@remix-run/react";
import { cx } from "~/components/ui/cx";
import { Picture } from "~/components/ui/picture";
import { bytes } from "~/features/format";
import { archivedIn } from "~/features/images/archived";
import type { ImageCard } from "~/features/images/browse/list-images.sql.server";
import { baseName } from "~/features/images/key-layout";

const sizes: Record<string, string> = {
  small: "grid-cols-[repeat(auto-fill,minmax(96px,1fr))]",
  medium: "grid-cols-[repeat(auto-fill,minmax(144px,1fr))]",
  large: "grid-cols-[repeat(auto-fill,minmax(220px,1fr))]",
};

/** Where a picture should be and is none, why. */
export function missingWords(image: ImageCard): string | undefined {
  if (image.goneAt) return "No longer in the bucket";
  if (image.isUnreadable) return "Cannot be read";
  if (image.archivedAs) return archivedIn(image.archivedAs);
  return image.hasThumbnail ? undefined : "No thumbnail";
}

/** The images as pictures, each with one line of text. */
export function ImageGrid({ images }: { images: ImageCard[] }) {
  const [params] = useSearchParams();
  const size = params.get("size") ?? "medium";
  return (
    <ul className={cx("grid gap-2", sizes[size] ?? sizes.medium)}>
      {images.map((image) => {
        const name = baseName(image.key);
        return (
          <li key={image.id} className="min-w-0">
            <a
              href={`/images/${image.id}/original`}
              target="_blank"
              rel="noreferrer"
              title={image.key}
              className="block"
            >
              <Picture imageId={image.id} missing={missingWords(image)} alt={name} className="aspect-square" />
              <span className="mt-1 block truncate text-xs">{name}</span>
              <span className="block truncate text-xs text-muted">
                {image.ownerName ?? "No owner"} · {bytes(image.bytes)}
              </span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}
