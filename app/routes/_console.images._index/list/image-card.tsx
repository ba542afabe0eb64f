import { Link } from "@remix-run/react";
import type { KeyboardEvent, MouseEvent, ReactNode } from "react";
import { KeyName } from "~/components/key-text";
import { Picture } from "~/components/ui/picture";
import { bytes } from "~/features/format";
import { archivedIn } from "~/features/images/archived";
import type { DrawnCard as Image } from "~/features/images/browse/with-placeholders.server";
import { baseName } from "~/features/images/key-layout";
import { visible } from "~/quote";

/** Where a picture should be and is none, why. */
export function missingWords(image: Image): string | undefined {
  if (image.goneAt) return "No longer in the bucket";
  if (image.isUnreadable) return "Cannot be read";
  if (image.archivedAs) return archivedIn(image.archivedAs);
  return image.hasThumbnail ? undefined : "No thumbnail";
}

/** How an image of the list is opened: its page's address, and what opens it beside the list instead. */
export type Opening = { pageOf(id: number): string; open(id: number): void };

/** A link to an image's page. A plain press, or the space bar, opens it beside the list. */
export function OpeningLink({
  image,
  opening: { pageOf, open },
  className,
  children,
}: {
  image: Image;
  opening: Opening;
  className: string;
  children: ReactNode;
}) {
  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(image.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== " ") return;
    event.preventDefault();
    open(image.id);
  };
  return (
    <Link
      to={pageOf(image.id)}
      data-opens
      onClick={onClick}
      onKeyDown={onKeyDown}
      title={visible(image.key)}
      className={className}
    >
      {children}
    </Link>
  );
}

type ImageCardProps = {
  image: Image;
  opening: Opening;
  /** What stands over the picture's upper left corner: the checkbox that selects it. */
  corner?: ReactNode;
};

/** One image as a picture with two lines of text. Hovering or focusing anything in it is `group-hover/card`, `group-focus-within/card`. */
export function ImageCard({ image, opening, corner }: ImageCardProps) {
  const name = baseName(image.key);
  return (
    <article data-image={image.id} className="group/card relative flex h-full min-w-0 flex-col">
      <OpeningLink image={image} opening={opening} className="flex min-h-0 grow flex-col rounded-md">
        <Picture
          imageId={image.id}
          etag={image.etag}
          missing={missingWords(image)}
          alt={visible(name)}
          placeholder={image.placeholder}
          className="aspect-square min-h-0 w-full shrink-0 outline-accent group-has-checked/card:outline-2"
        />
        <span className="mt-1 block truncate text-xs">
          <KeyName>{name}</KeyName>
        </span>
        <span className="block truncate text-xs text-muted">
          <bdi>{image.ownerName ?? "No owner"}</bdi> · {bytes(image.bytes)}
        </span>
      </OpeningLink>
      {corner && <div className="absolute top-1.5 left-1.5">{corner}</div>}
    </article>
  );
}

/** The place of an image whose page is being read. */
export const CardSkeleton = () => (
  <div aria-hidden className="flex h-full flex-col">
    <span className="block aspect-square w-full rounded-md bg-sunken" />
  </div>
);
