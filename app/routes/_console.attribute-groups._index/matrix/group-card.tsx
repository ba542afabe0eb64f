import { Link } from "@remix-run/react";
import { Severity } from "~/components/groups/severity";
import { cx } from "~/components/ui/cx";
import { More } from "~/components/ui/more";
import { Picture } from "~/components/ui/picture";
import { TextLink } from "~/components/ui/text-link";
import { type FindingType, findingTypes } from "~/features/attribute-groups/findings/finding-types";
import { groupPath } from "~/features/attribute-groups/group-slug";
import type { GroupSummary } from "~/features/attribute-groups/read-groups.server";
import { plural } from "~/features/format";

const pictureSize = "aspect-[3/4] w-full sm:w-18 sm:shrink-0 2xl:w-28";
const cardClass = "flex gap-3 rounded-md p-1 max-sm:flex-col max-sm:gap-1 max-sm:p-0";
/** The words stay readable. */
const dimmedPicture = "opacity-25 grayscale";

/** Why no picture can be shown for a group, if so. */
function missingWords({ cover, images }: GroupSummary) {
  if (cover) return cover.imageId === null ? "Not indexed" : undefined;
  return images === 0 ? "Empty" : "No reference";
}

type GroupCardProps = {
  root: string;
  group: GroupSummary;
  /** The one of its findings that is said of it. */
  finding: FindingType | null;
  isDimmed: boolean;
};

/** One group: the picture that stands for it, how many there are, and what an audit found. */
export function GroupCard({ root, group, finding, isDimmed }: GroupCardProps) {
  const missing = missingWords(group);
  return (
    <Link to={groupPath(root, group.name)} className={cx(cardClass, "hover:bg-hover")}>
      <Picture
        imageId={group.cover?.imageId ?? null}
        etag={group.cover?.etag}
        missing={missing}
        alt={group.reference ? `Reference image of ${group.name}` : `An image of ${group.name}`}
        className={cx(pictureSize, isDimmed && !missing && dimmedPicture)}
      />
      <span className={cx("flex min-w-0 flex-col gap-0.5 sm:py-0.5", isDimmed && "text-muted")}>
        <span className="text-sm font-medium tabular-nums">{plural(group.images, "image")}</span>
        <span className="text-xs text-muted [overflow-wrap:anywhere] max-sm:sr-only">{group.name}</span>
        {finding && <Severity severity={findingTypes[finding].severity} text={findingTypes[finding].title} />}
        {finding && <More as="span" total={group.findings} shown={1} className="text-xs" />}
      </span>
    </Link>
  );
}

const NAMES_SHOWN = 50;

/** Groups of a cell that has more of them than pictures to show: by name. */
export function GroupNames({ root, groups }: { root: string; groups: GroupSummary[] }) {
  return (
    <details className="p-1 text-sm">
      <summary className="text-muted max-sm:min-h-11 max-sm:content-center">
        and {plural(groups.length, "more group")}
      </summary>
      <ul>
        {groups.slice(0, NAMES_SHOWN).map((group) => (
          <li key={group.prefix}>
            <TextLink to={groupPath(root, group.name)} className="[overflow-wrap:anywhere]">
              {group.name}
            </TextLink>
          </li>
        ))}
        <More total={groups.length} shown={NAMES_SHOWN}>
          : <TextLink to={`?${new URLSearchParams({ root, view: "list" })}`}>list every group</TextLink>
        </More>
      </ul>
    </details>
  );
}

/** A combination that no folder states. */
export function MissingGroup({ combination }: { combination: string }) {
  return (
    <span className={cx(cardClass, "text-muted")}>
      <Picture imageId={null} missing="Missing" alt={combination} className={pictureSize} />
      <span className="py-0.5 text-xs max-sm:sr-only">No folder for this</span>
    </span>
  );
}
