import { ExternalLink, Fingerprint } from "lucide-react";
import { useCanAct } from "~/components/groups/action-scope";
import { SelectBox } from "~/components/selection/select-box";
import type { BoxProps } from "~/components/selection/use-selection";
import { cx } from "~/components/ui/cx";
import { CopyButton } from "~/components/ui/forms/copy-button";
import { IntentButton } from "~/components/ui/forms/intent-button";
import { Chip, Picture } from "~/components/ui/picture";
import { Status } from "~/components/ui/status";
import type { GroupImage } from "~/features/attribute-groups/read-group.server";
import { bytes } from "~/features/format";
import { archivedIn } from "~/features/images/archived";
import { baseName } from "~/features/images/key-layout";
import type { Attributes } from "~/features/label-schema/label-schema";
import { ImageJudgements } from "./image-judgements";

type ImageCardProps = {
  image: GroupImage;
  folder: Attributes | null;
  box: BoxProps;
  isSelecting: boolean;
};

/** One image, large enough to judge, with its object's facts, what is said of it, and what can be done with it. */
export function ImageCard({ image, folder, box, isSelecting }: ImageCardProps) {
  const canAct = useCanAct();
  const name = baseName(image.key);
  const facts = [
    image.width && image.height ? `${image.width} × ${image.height}` : null,
    image.contentType?.replace("image/", "").toUpperCase(),
    bytes(image.bytes),
  ];
  return (
    <article
      data-image={image.id}
      className={cx(
        "group/card relative flex h-full rounded-md border bg-surface max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] max-sm:gap-3 max-sm:p-3 sm:flex-col",
        box.checked ? "border-accent outline-1 outline-accent" : "border-line",
      )}
    >
      <a
        href={`/images/${image.id}/original`}
        target="_blank"
        rel="noreferrer"
        title="Open the original"
        className="block max-sm:self-start"
      >
        <Picture
          imageId={image.id}
          etag={image.etag}
          missing={image.unreadable ? "Cannot be read" : image.archivedAs ? "Archived" : undefined}
          alt={name}
          className="aspect-[3/4] sm:rounded-b-none"
          chips={
            <>
              {image.isReference && <Chip className="font-medium">Reference</Chip>}
              <Chip className="ml-auto">
                <span className="max-sm:sr-only">Original</span> <ExternalLink aria-hidden className="size-3" />
              </Chip>
            </>
          }
        />
      </a>
      {canAct && (
        <SelectBox
          name={name}
          box={box}
          isSelecting={isSelecting}
          className="absolute top-1.5 left-1.5 max-sm:top-3 max-sm:left-3"
        />
      )}
      <div className="flex min-w-0 flex-col gap-2 sm:p-3 sm:pb-2">
        <div className="-my-1 flex flex-wrap items-center max-sm:-ml-0.5">
          <h3 className="min-w-0 grow truncate text-sm max-sm:basis-full max-sm:pl-0.5" title={image.key}>
            {name}
          </h3>
          <CopyButton text={image.key} label={`Copy the key of ${name}`} />
          <CopyButton text={image.etag} label={`Copy the ETag of ${name}, ${image.etag}`} icon={Fingerprint} />
        </div>
        <p className="text-xs text-muted tabular-nums">{facts.filter(Boolean).join(" · ")}</p>
        {!image.isAsAudited && <Status tone="warn">Changed since the audit</Status>}
        {!image.isDirect && <Status tone="warn">In a subfolder of the group</Status>}
        {image.unreadable && <p className="text-xs text-bad">{image.unreadable}</p>}
        {image.archivedAs && (
          <p className="text-xs text-muted">
            <Status tone="idle" className="text-xs">
              {archivedIn(image.archivedAs)}
            </Status>
            <span className="block">Restore it in the store to read, label or move it.</span>
          </p>
        )}
      </div>
      <div className="flex min-w-0 grow flex-col gap-2 max-sm:col-span-2 sm:p-3 sm:pt-0">
        <ImageJudgements image={image} name={name} folder={folder} />
        {canAct && !image.isReference && image.isDirect && !image.unreadable && !image.archivedAs && (
          <div className="mt-auto pt-1">
            <IntentButton leadsAway intent="set-reference" fields={{ key: image.key }} about={name}>
              Set as reference
            </IntentButton>
          </div>
        )}
      </div>
    </article>
  );
}
