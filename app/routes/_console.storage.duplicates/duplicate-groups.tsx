import { Link } from "@remix-run/react";
import { useHasRole } from "~/components/operator";
import { Button } from "~/components/ui/forms/button";
import { Choice } from "~/components/ui/forms/choice";
import { Panel } from "~/components/ui/panel";
import { Chip, Picture } from "~/components/ui/picture";
import type { DuplicateCounts } from "~/features/duplicates/search/find-duplicates";
import { bytes, plural } from "~/features/format";
import { nameWithFolder } from "~/features/images/key-layout";

type Member = {
  id: number;
  key: string;
  etag: string;
  bytes: number;
  width: number | null;
  height: number | null;
  distance: number;
  hasThumbnail: boolean;
};

type Group = {
  id: number;
  ownerId: string | null;
  ownerName: string | null;
  images: number;
  spareBytes: number;
  members: Member[];
};

type DuplicateGroupsProps = {
  kind: "same" | "alike";
  groups: Group[];
  counts: DuplicateCounts;
  /** Only groups of one owner are listed. */
  isOfOwner: boolean;
};

const keepChoices = [
  { value: "used", label: "Most in use" },
  { value: "oldest", label: "Oldest" },
  { value: "largest", label: "Most pixels" },
];

/** Groups with their pictures side by side; each, those of the page, or all lead to a plan that keeps one. */
export function DuplicateGroups({ kind, groups, counts, isOfOwner }: DuplicateGroupsProps) {
  const canAct = useHasRole("operator");
  const { compared, plain, unread } = counts;
  return (
    <>
      {canAct && (
        <div className="flex flex-wrap items-end gap-2">
          <Choice label="Keep of each group" name="keep" isInRow>
            {keepChoices.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Choice>
          <Button type="submit" name="groups" value={groups.map(({ id }) => id).join(",")}>
            Plan for {plural(groups.length, "group")} of this page
          </Button>
          <Button type="submit" name="groups" value="all">
            {isOfOwner
              ? "Plan for all groups of this owner"
              : `Plan for all of ${plural(counts[kind].groups, "group")}`}
          </Button>
        </div>
      )}
      {kind === "alike" && (
        <p className="text-sm text-muted">
          {plural(compared, "picture")} compared. Bits say how far a picture differs from the first of its group.
          {plain > 0 && ` ${plural(plain, "picture")} too plain to be compared.`}
          {unread > 0 && ` ${plural(unread, "image")} not read yet.`}
        </p>
      )}
      <ul className="flex flex-col gap-4">
        {groups.map((group) => (
          <li key={group.id}>
            <Panel
              title={<GroupTitle group={group} />}
              aside={
                canAct && (
                  <Button type="submit" name="groups" value={group.id}>
                    Plan to keep one
                  </Button>
                )
              }
            >
              <ul className="grid grid-cols-[repeat(auto-fill,minmax(140px,1fr))] gap-3">
                {group.members.map((member) => (
                  <li key={member.id}>
                    <DuplicateCard member={member} kind={kind} />
                  </li>
                ))}
              </ul>
              {group.images > group.members.length && (
                <p className="mt-3 text-sm text-muted">
                  The search found {plural(group.images, "image")}; up to 12 that are still there are shown.
                </p>
              )}
            </Panel>
          </li>
        ))}
      </ul>
    </>
  );
}

const GroupTitle = ({ group: { images, spareBytes, ownerId, ownerName } }: { group: Group }) => (
  <span className="flex flex-wrap items-baseline gap-x-3">
    {plural(images, "image")}
    <span className="text-sm font-normal text-muted">
      {bytes(spareBytes)} to free · {ownerId === null ? "no owner" : (ownerName ?? ownerId)}
    </span>
  </span>
);

function DuplicateCard({ member, kind }: { member: Member; kind: "same" | "alike" }) {
  const { id, key, etag, width, height, distance, hasThumbnail } = member;
  return (
    <Link to={`/images/${id}`} className="block text-sm" title={key}>
      <Picture
        imageId={id}
        etag={etag}
        alt={key}
        missing={hasThumbnail ? undefined : "No thumbnail"}
        chips={kind === "alike" && distance > 0 && <Chip>{plural(distance, "bit")}</Chip>}
        className="aspect-square"
      />
      <span className="mt-1 block truncate">{nameWithFolder(key)}</span>
      <span className="block text-xs text-muted tabular-nums">
        {width && height ? `${width} × ${height} px · ` : ""}
        {bytes(member.bytes)}
      </span>
    </Link>
  );
}
