import { ImageOff } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { cx } from "./cx";

type PictureProps = {
  /** Null: there is nothing to show, and `missing` says why. */
  imageId: number | null;
  alt: string;
  /** One or two words for where a picture should be: “Unreadable”, “No thumbnail”. */
  missing?: string | undefined;
  /** Shown on a dark plate over the picture's lower edge. */
  plate?: ReactNode;
  className?: string;
};

/** A thumbnail, never an original. Whatever cannot be shown has a plate of the same size that says so. */
export function Picture({ imageId, alt, missing, plate, className }: PictureProps) {
  const image = useRef<HTMLImageElement>(null);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    // It may have failed before the browser took over from the server's page.
    if (image.current?.complete && image.current.naturalWidth === 0) setFailed(true);
  }, []);
  const isShown = imageId !== null && !missing && !hasFailed;
  return (
    <span className={cx("relative block overflow-hidden rounded-md bg-sunken", className)}>
      {isShown ? (
        <img
          ref={image}
          src={`/images/${imageId}/thumbnail`}
          alt={alt}
          loading="lazy"
          decoding="async"
          onError={() => setFailed(true)}
          className="size-full object-cover"
        />
      ) : (
        <span
          role="img"
          aria-label={`${alt}: ${missing ?? "not available"}`}
          className="flex size-full flex-col items-center justify-center gap-1 border border-dashed border-line-strong p-1 text-center text-xs text-muted"
        >
          <ImageOff aria-hidden className="size-4 shrink-0" />
          <span className="line-clamp-2 max-w-full break-words">{missing ?? "Not available"}</span>
        </span>
      )}
      {plate && (
        <span className="absolute inset-x-1 bottom-1 flex items-center justify-between gap-2 rounded-md bg-plate px-1.5 py-0.5 text-xs text-white">
          {plate}
        </span>
      )}
    </span>
  );
}
