import { useSearchParams } from "@remix-run/react";
import type { ReactNode } from "react";
import { cx } from "~/components/ui/cx";
import type { ImageCard as Image } from "~/features/images/browse/read-cards.sql.server";
import { ImageCard } from "./image-card";

const sizes: Record<string, string> = {
  small: "grid-cols-[repeat(auto-fill,minmax(96px,1fr))]",
  medium: "grid-cols-[repeat(auto-fill,minmax(144px,1fr))]",
  large: "grid-cols-[repeat(auto-fill,minmax(220px,1fr))]",
};

type ImageGridProps = {
  images: Image[];
  /** What stands over the corner of an image's card. */
  corner?: (image: Image) => ReactNode;
};

/** The images as pictures, each with two lines of text. */
export function ImageGrid({ images, corner }: ImageGridProps) {
  const [params] = useSearchParams();
  const size = params.get("size") ?? "medium";
  return (
    <ul className={cx("grid gap-2", sizes[size] ?? sizes.medium)}>
      {images.map((image) => (
        <li key={image.id} className="min-w-0">
          <ImageCard image={image} corner={corner?.(image)} />
        </li>
      ))}
    </ul>
  );
}
