import { cx } from "~/components/ui/cx";
import { Chip, Picture } from "~/components/ui/picture";
import type { PreviewedPicture } from "~/features/drawing/studio/preview-drawing.server";
import { nameWithFolder } from "~/features/images/key-layout";

const roles = { own: "Yours", reference: "Reference", base: "Base" };

/** The pictures of the request in the order in which they are sent, each with what it is and why. */
export function SentPictures({ shown }: { shown: PreviewedPicture[] }) {
  if (shown.length === 0) return <p className="text-sm text-muted">The prompt alone: no picture is sent along.</p>;
  return (
    <ol aria-label="Pictures that are sent, in order" className="flex flex-col gap-2">
      {shown.map(({ role, imageId, key, etag, why, hasThumbnail }, at) => (
        <li key={[role, key].join(" ")} className="flex items-start gap-3">
          <span aria-hidden className="w-4 shrink-0 pt-1 text-right text-xs text-muted tabular-nums">
            {at + 1}
          </span>
          <Picture
            imageId={imageId}
            etag={etag}
            missing={imageId === null ? "Not indexed" : hasThumbnail ? undefined : "No thumbnail"}
            alt={`${roles[role]}: ${nameWithFolder(key)}`}
            chips={role === "base" ? <Chip>Base</Chip> : undefined}
            className={cx("h-20 w-15 shrink-0", role === "base" && "border-4 border-control")}
          />
          <div className="min-w-0 text-sm">
            <p>
              <span className="font-medium">{roles[role]}</span>{" "}
              <span className="[overflow-wrap:anywhere] text-muted">{nameWithFolder(key)}</span>
            </p>
            <p className="text-xs text-muted [overflow-wrap:anywhere]">{why}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
