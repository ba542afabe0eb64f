import { ExternalLink, Fingerprint } from "lucide-react";
import { bytes } from "~/components/format";
import { Answers } from "~/components/labels/answers";
import { CopyButton } from "~/components/ui/copy-button";
import { Chip, Picture } from "~/components/ui/picture";
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
    <article className="flex h-full rounded-md border border-line bg-surface max-sm:gap-3 max-sm:p-3 sm:flex-col">
      <a
        href={`/images/${image.id}/original`}
        target="_blank"
        rel="noreferrer"
        title="Open the original"
        className="block max-sm:w-28 max-sm:shrink-0"
      >
        <Picture
          key={image.etag}
          imageId={image.id}
          missing={image.unreadable ? "Cannot be read" : undefined}
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
      <div className="flex min-w-0 grow flex-col gap-2 sm:p-2.5">
        <div className="-my-1 flex items-center max-sm:-mt-3">
          <h2 className="min-w-0 grow truncate text-sm" title={image.key}>
            {name}
          </h2>
          <CopyButton text={image.key} label={`Copy the key of ${name}`} />
          <CopyButton text={image.etag} label={`Copy the ETag of ${name}, ${image.etag}`} icon={Fingerprint} />
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
      </div>
    </article>
  );
}
