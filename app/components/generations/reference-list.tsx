import { KeyText } from "~/components/key-text";
import { Picture } from "~/components/ui/picture";
import { Status } from "~/components/ui/status";
import { TextLink } from "~/components/ui/text-link";
import { generationsPath } from "~/features/generations/history/generation-filter";
import type { RecordedReference } from "~/features/generations/history/recorded-generation";
import { baseName } from "~/features/images/key-layout";
import { visible } from "~/quote";

const roles: Record<string, string> = { own: "Your image", reference: "Injected reference", base: "Base image" };

type ReferenceListProps = {
  references: readonly RecordedReference[];
  /** What else is to be said of one: that the others do not have it. */
  noteOf?: (reference: RecordedReference) => string | null;
};

/** What a generation was drawn with, as it was then, and what became of each since. */
export const ReferenceList = ({ references, noteOf }: ReferenceListProps) => (
  <ol className="flex flex-col gap-3 text-sm">
    {references.map((reference) => {
      const { position, key, etag, image, role } = reference;
      const note = noteOf?.(reference) ?? null;
      return (
        <li key={position} className="flex gap-3">
          <Picture
            imageId={image?.id ?? null}
            etag={image?.etag}
            alt={visible(baseName(image?.key ?? key))}
            missing={whyNoPicture(reference)}
            className="h-20 w-15 shrink-0"
          />
          <div className="flex min-w-0 grow flex-col gap-0.5">
            <p className="text-muted tabular-nums">
              {position}. {role === null ? "Reference" : (roles[role] ?? role)}
            </p>
            <p className="[overflow-wrap:anywhere]">
              <KeyText>{key}</KeyText>
            </p>
            {etag !== null && <p className="font-mono text-xs text-muted [overflow-wrap:anywhere]">ETag {etag}</p>}
            <WhatBecame reference={reference} />
            {note && <p className="font-medium">{note}</p>}
            {image && (
              <p className="flex flex-wrap gap-x-3">
                <TextLink to={`/images/${image.id}`}>
                  Image<span className="sr-only"> {position}</span>
                </TextLink>
                <TextLink to={generationsPath({ reference: String(image.id) })}>
                  What it was used for<span className="sr-only">, reference {position}</span>
                </TextLink>
              </p>
            )}
          </div>
        </li>
      );
    })}
  </ol>
);

function whyNoPicture({ image }: RecordedReference): string | undefined {
  if (image === null) return "Not known";
  if (image.isGone) return "Gone";
  return image.hasThumbnail ? undefined : "No thumbnail";
}

function WhatBecame({ reference: { image, etag, why, hasChanged, hasMoved } }: { reference: RecordedReference }) {
  if (image === null) {
    return (
      <div>
        <Status tone="warn">{etag === null ? "Not found" : "Not indexed"}</Status>
        {why && <p className="text-muted [overflow-wrap:anywhere]">{why}</p>}
      </div>
    );
  }
  if (image.isGone) return <Status tone="warn">No longer in the bucket</Status>;
  if (!hasChanged && !hasMoved) return <Status tone="good">Still there as it was</Status>;
  return (
    <div>
      {hasChanged && <Status tone="warn">Shows another picture now</Status>}
      {hasMoved && (
        <p className="text-muted [overflow-wrap:anywhere]">
          Lies at <KeyText>{image.key}</KeyText> now
        </p>
      )}
    </div>
  );
}
