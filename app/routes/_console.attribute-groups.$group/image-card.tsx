import { ExternalLink } from "lucide-react";
import { bytes } from "~/components/format";
import { Answers } from "~/components/labels/answers";
import { CopyButton } from "~/components/ui/copy-button";
import { Picture } from "~/components/ui/picture";
import { Status } from "~/components/ui/status";
import type { Attributes } from "~/features/attribute-groups/label-schema";
import type { GroupImage } from "~/features/attribute-groups/read-group.server";
import { baseName } from "~/features/images/key-layout";

type ImageCardProps = { image: GroupImage; folder: Attributes | null };

/** One image, large enough to judge, with its object's facts and what a model says beside what its folder says. */
export function ImageCard({ image, folder }: ImageCardProps) {
  const name = baseName(image.key);
  const attributes = new Set([...Object.keys(folder ?? {}), ...image.proposals.map(({ attribute }) => attribute)]);
  const facts = [
    image.width && image.height ? `${image.width} × ${image.height}` : null,
    image.contentType?.replace("image/", "").toUpperCase(),
    bytes(image.bytes),
  ];
  return (
    <article className="flex h-full flex-col rounded-md border border-line bg-surface">
      <a
        href={`/images/${image.id}/original`}
        target="_blank"
        rel="noreferrer"
        title="Open the original"
        className="block"
      >
        <Picture
          imageId={image.id}
          missing={image.unreadable ? "Cannot be read" : undefined}
          alt={name}
          className="aspect-[3/4] rounded-b-none"
          plate={
            <>
              {image.isReference && <span className="font-medium">Reference</span>}
              <span className="ml-auto inline-flex items-center gap-1">
                Original <ExternalLink aria-hidden className="size-3" />
              </span>
            </>
          }
        />
      </a>
      <div className="flex grow flex-col gap-2 p-3">
        <div className="-my-1 flex items-center justify-between gap-1">
          <h2 className="truncate text-sm" title={image.key}>
            {name}
          </h2>
          <CopyButton text={image.key} label={`Copy the key of ${name}`} />
        </div>
        <p className="text-xs text-muted tabular-nums">{facts.filter(Boolean).join(" · ")}</p>
        {!image.isDirect && <Status tone="warn">Lies deeper than the group</Status>}
        {image.unreadable && <p className="text-xs text-bad">{image.unreadable}</p>}
        {image.proposals.length > 0 ? (
          <Answers
            caption={`Proposals for ${name} beside its folder`}
            answers={[...attributes].map((attribute) => ({
              attribute,
              folder: folder?.[attribute] ?? null,
              proposal: image.proposals.find((proposal) => proposal.attribute === attribute) ?? null,
            }))}
          />
        ) : (
          <p className="text-xs text-muted">No proposals yet</p>
        )}
        <p className="mt-auto truncate pt-1 text-xs text-muted" title={image.etag}>
          ETag <span className="font-mono">{image.etag}</span>
        </p>
      </div>
    </article>
  );
}
