import { ImageOff } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { cx } from "./cx";

type PictureProps = {
  /** Null: there is nothing to show, and `missing` says why. */
  imageId: number | null;
  alt: string;
  /** One or two words for where a picture should be: “Unreadable”, “No thumbnail”. */
  missing?: string | undefined;
  /** Small chips over the picture's lower edge. */
  chips?: ReactNode;
  className?: string;
};

/** A thumbnail, never an original. Whatever cannot be shown has a plate of the same size that says so. */
export function Picture({ imageId, alt, missing, chips, className }: PictureProps) {
  return (
    <span className={cx("relative block overflow-hidden rounded-md bg-sunken", className)}>
      {imageId !== null && !missing ? (
        <Thumbnail key={imageId} imageId={imageId} alt={alt} />
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

/**
 * A link to a thumbnail can have run out, or the thumbnail be made in a moment: it is asked for once more, and again
 * whenever the tab becomes visible.
 */
function Thumbnail({ imageId, alt }: { imageId: number; alt: string }) {
  const image = useRef<HTMLImageElement>(null);
  const [attempt, setAttempt] = useState({ number: 1, query: "", hasFailed: false });
  // A query of its own, because a browser may have kept the redirect that led nowhere.
  const askAgain = (number: number) => setAttempt({ number, query: `?again=${Date.now()}`, hasFailed: false });
  const onError = () => (attempt.number === 1 ? askAgain(2) : setAttempt({ ...attempt, hasFailed: true }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the browser takes over from the server's page
  useEffect(() => {
    if (image.current?.complete && image.current.naturalWidth === 0) onError();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it reads nothing else that changes
  useEffect(() => {
    if (!attempt.hasFailed) return;
    const retry = () => document.visibilityState === "visible" && askAgain(1);
    document.addEventListener("visibilitychange", retry);
    return () => document.removeEventListener("visibilitychange", retry);
  }, [attempt.hasFailed]);
  if (attempt.hasFailed) return <Missing alt={alt} />;
  return (
    <img
      ref={image}
      src={`/images/${imageId}/thumbnail${attempt.query}`}
      alt={alt}
      loading="lazy"
      decoding="async"
      onError={onError}
      className="size-full object-cover"
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
