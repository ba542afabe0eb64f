import { ImageOff } from "lucide-react";
import type { ReactNode } from "react";
import { pictureAddress } from "~/features/images/picture-address";
import { cx } from "./cx";
import { usePicture } from "./use-picture";

type PictureProps = {
  /** Null: there is nothing to show, and `missing` says why. */
  imageId: number | null;
  /** The bytes that it shows, where the page knows them: the browser then keeps the way to them (see `pictureAddress`). */
  etag?: string | undefined;
  alt: string;
  /** One or two words for where a picture should be: “Unreadable”, “No thumbnail”. */
  missing?: string | undefined;
  /** The same where the picture turns out not to be there: “No thumbnail” where no more is known of the image. */
  notFound?: string | undefined;
  /** What to show until the picture has come: a tiny one as a data URL. */
  placeholder?: string | null | undefined;
  /** Small chips over the picture's lower edge. */
  chips?: ReactNode;
  className?: string;
};

/** A thumbnail, never an original. Whatever cannot be shown has a plate of the same size that says so. */
export function Picture({ imageId, etag, alt, missing, notFound, placeholder, chips, className }: PictureProps) {
  return (
    <span className={cx("relative block overflow-hidden rounded-md bg-sunken", className)}>
      {imageId !== null && !missing ? (
        <Thumbnail
          key={imageId}
          address={pictureAddress(imageId, "thumbnail", etag)}
          alt={alt}
          notFound={notFound}
          placeholder={placeholder}
        />
      ) : (
        <Missing alt={alt} words={missing} />
      )}
      {chips && <span className="absolute inset-x-1 bottom-1 flex flex-wrap items-end gap-1">{chips}</span>}
    </span>
  );
}

/** A few words on a dark translucent plate, so that they read on bright and dark pictures alike. */
export function Chip({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <span
      className={cx("inline-flex items-center gap-1 rounded-md bg-plate px-1.5 py-0.5 text-xs text-white", className)}
    >
      {children}
    </span>
  );
}

function Thumbnail({
  address,
  alt,
  notFound,
  placeholder,
}: Pick<PictureProps, "alt" | "notFound" | "placeholder"> & { address: string }) {
  const { hasFailed, ...image } = usePicture(address);
  if (hasFailed) return <Missing alt={alt} words={notFound} />;
  return (
    <img
      {...image}
      alt={alt}
      loading="lazy"
      decoding="async"
      className="size-full bg-center bg-cover object-cover"
      style={placeholder ? { backgroundImage: `url(${placeholder})` } : undefined}
    />
  );
}

function Missing({ alt, words }: { alt: string; words?: string | undefined }) {
  return (
    <span
      role="img"
      aria-label={`${alt}: ${words ?? "not available"}`}
      className="flex size-full flex-col items-center justify-center gap-1 border border-dashed border-line-strong p-1 text-center text-xs text-muted"
    >
      <ImageOff aria-hidden className="size-4 shrink-0" />
      <span className="line-clamp-2 max-w-full break-words">{words ?? "Not available"}</span>
    </span>
  );
}
