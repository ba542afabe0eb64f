import { Picture } from "~/components/ui/picture";
import type { ReferenceChange } from "~/features/attribute-groups/snapshots/snapshot-changes";
import { baseName } from "~/features/images/key-layout";
import { quote } from "~/quote";
import { Arrow, Etag, GroupLink } from "./change-marks";

type ReferenceChangeRowProps = {
  root: string;
  change: ReferenceChange;
  /** By ETag, the id of an image that shows it. */
  pictures: Record<string, number>;
};

/** Which image stood for a group, and which does now: side by side, as far as their bytes are still in the bucket. */
export function ReferenceChangeRow({ root, change: { name, before, after }, pictures }: ReferenceChangeRowProps) {
  return (
    <div className="flex w-full flex-wrap items-center gap-x-6 gap-y-2 py-1 max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] max-sm:gap-x-3">
      <span className="w-56 max-sm:col-span-3 max-sm:w-auto">
        <GroupLink root={root} name={name} />
      </span>
      <Side group={name} image={before} pictures={pictures} when="before" />
      <Arrow />
      <Side group={name} image={after} pictures={pictures} when="now" />
    </div>
  );
}

type SideProps = Pick<ReferenceChangeRowProps, "pictures"> & {
  group: string;
  image: ReferenceChange["before"];
  when: "before" | "now";
};

function Side({ group, image, pictures, when }: SideProps) {
  if (!image) return <span className="text-muted">none {when}</span>;
  const imageId = pictures[image.etag] ?? null;
  return (
    <span className="flex min-w-0 items-center gap-3 max-sm:flex-col max-sm:items-start max-sm:gap-1.5">
      <Picture
        imageId={imageId}
        etag={image.etag}
        missing={imageId === null ? "Gone" : undefined}
        alt={`Reference image of ${quote(group)} ${when}`}
        className="aspect-[3/4] w-15 shrink-0 max-sm:w-24"
      />
      <span className="flex min-w-0 flex-col">
        <span className="[overflow-wrap:anywhere]">{baseName(image.key)}</span>
        <span className="text-xs text-muted">
          ETag <Etag etag={image.etag} />
        </span>
      </span>
    </span>
  );
}
