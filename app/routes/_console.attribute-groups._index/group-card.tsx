import { Link } from "@remix-run/react";
import { Severity } from "~/components/finding-list";
import { plural } from "~/components/format";
import { Picture } from "~/components/ui/picture";
import { type Finding, findingTypes } from "~/features/attribute-groups/finding-types";
import { groupPath } from "~/features/attribute-groups/group-slug";
import type { GroupSummary } from "~/features/attribute-groups/read-groups.server";

const pictureSize = "aspect-[3/4] w-full sm:w-18 sm:shrink-0 2xl:w-28";

/** Why no picture can be shown for a group, if so. */
function missingWords({ cover, images }: GroupSummary) {
  if (cover) return cover.imageId === null ? "Not indexed" : undefined;
  return images === 0 ? "Empty" : "No reference";
}

type GroupCardProps = { root: string; group: GroupSummary; worst: Finding | null };

/** One group: the picture that stands for it, how many there are, and the worst that an audit found. */
export function GroupCard({ root, group, worst }: GroupCardProps) {
  return (
    <Link
      to={groupPath(root, group.name)}
      className="flex gap-3 rounded-md p-1 hover:bg-hover max-sm:flex-col max-sm:gap-1 max-sm:p-0"
    >
      <Picture
        imageId={group.cover?.imageId ?? null}
        missing={missingWords(group)}
        alt={group.reference ? `Reference image of ${group.name}` : `An image of ${group.name}`}
        className={pictureSize}
      />
      <span className="flex min-w-0 flex-col gap-0.5 sm:py-0.5">
        <span className="text-sm font-medium tabular-nums">{plural(group.images, "image")}</span>
        <span className="text-xs text-muted [overflow-wrap:anywhere] max-sm:sr-only">{group.name}</span>
        {worst && <Severity severity={worst.severity} text={findingTypes[worst.type].title} />}
        {group.findings > 1 && <span className="text-xs text-muted">+ {group.findings - 1} more</span>}
      </span>
    </Link>
  );
}

/** A combination that no folder states. */
export function MissingGroup({ combination }: { combination: string }) {
  return (
    <span className="flex gap-3 p-1 text-muted max-sm:flex-col max-sm:gap-1 max-sm:p-0">
      <Picture imageId={null} missing="Missing" alt={combination} className={pictureSize} />
      <span className="py-0.5 text-xs max-sm:sr-only">No folder says this</span>
    </span>
  );
}
