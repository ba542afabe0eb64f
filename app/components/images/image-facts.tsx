import { KeyText } from "~/components/key-text";
import { Time } from "~/components/time";
import { type Fact, Facts } from "~/components/ui/facts";
import { CopyButton } from "~/components/ui/forms/copy-button";
import { Status } from "~/components/ui/status";
import { TextLink } from "~/components/ui/text-link";
import { bytes, count } from "~/features/format";
import type { ImagePage } from "~/features/image-page/image-page";
import { archivedIn } from "~/features/images/archived";

const kinds: Record<string, string> = {
  generated: "Generated",
  upload: "Upload",
  reference: "Reference",
  other: "Other",
};

const thumbnails = {
  made: <Status tone="good">Made</Status>,
  stale: <Status tone="warn">Shows former bytes</Status>,
  missing: <Status tone="idle">None yet</Status>,
};

const servedBy = {
  cdn: "Everyone can open it.",
  console: "Only people who are signed in can open it.",
};

/** What is known of an image, one fact a line; what an image does not have has no line. */
export function ImageFactList({ page: { image, address, group } }: { page: ImagePage }) {
  const facts: (Fact | null)[] = [
    {
      label: "Key",
      value: (
        <span className="flex items-start gap-1">
          <span className="min-w-0 grow">
            <KeyText>{image.key}</KeyText>
          </span>
          <span className="-my-1.5 shrink-0">
            <CopyButton text={image.key} label="Copy the key" />
          </span>
        </span>
      ),
    },
    address && {
      label: "Address",
      value: (
        <span className="flex items-start gap-1">
          <span className="min-w-0 grow">
            <span className="[overflow-wrap:anywhere]">{address.address}</span>
            <span className="block text-muted">{servedBy[address.servedBy]}</span>
          </span>
          <span className="-my-1.5 shrink-0">
            <CopyButton text={address.address} label="Copy the address" />
          </span>
        </span>
      ),
    },
    group && { label: "Group", value: <TextLink to={group.path}>{group.name}</TextLink> },
    {
      label: "Owner",
      value: image.ownerId ? (
        <TextLink to={`/images?${new URLSearchParams({ owner: image.ownerId })}`}>
          <bdi>{image.ownerName ?? image.ownerId}</bdi>
        </TextLink>
      ) : (
        <TextLink to="/images?unowned=yes">No owner</TextLink>
      ),
    },
    { label: "Kind", value: kinds[image.kind] ?? image.kind },
    image.width && image.height ? { label: "Pixels", value: `${count(image.width)} × ${count(image.height)}` } : null,
    { label: "Size", value: `${bytes(image.bytes)} (${count(image.bytes)} bytes)` },
    { label: "Type", value: image.contentType ?? (image.unreadable ? "Cannot be read" : "Not read yet") },
    image.unreadable ? { label: "Why not", value: image.unreadable } : null,
    image.goneAt ? null : { label: "Thumbnail", value: image.unreadable ? "None" : thumbnails[image.thumbnail] },
    image.archivedAs
      ? {
          label: "Archived",
          value: (
            <>
              <Status tone="idle">{archivedIn(image.archivedAs)}</Status>
              <span className="block text-muted">Restore it in the store to read, label or move it.</span>
            </>
          ),
        }
      : null,
    image.storageClass && !image.archivedAs ? { label: "Storage class", value: image.storageClass } : null,
    { label: "Created", value: <Time at={image.createdAt} /> },
    { label: "Modified", value: <Time at={image.modifiedAt} /> },
    image.goneAt ? { label: "Gone", value: <Time at={image.goneAt} /> } : null,
    {
      label: "ETag",
      value: (
        <span className="flex items-start gap-1">
          <code className="min-w-0 grow font-mono text-xs [overflow-wrap:anywhere]">{image.etag}</code>
          <span className="-my-1.5 shrink-0">
            <CopyButton text={image.etag} label="Copy the ETag" />
          </span>
        </span>
      ),
    },
  ];
  return <Facts facts={facts.filter((fact) => fact !== null)} />;
}
