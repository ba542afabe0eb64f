import { Link } from "@remix-run/react";
import { Picture } from "~/components/ui/picture";
import { groupPath } from "~/features/attribute-groups/group-slug";
import type { ShownReference } from "~/features/attribute-groups/references/read-references.server";
import { quote } from "~/quote";

/** One image that would be injected, the group that it stands for, and why it was taken. */
export function ReferenceCard({ root, reference }: { root: string; reference: ShownReference }) {
  const { group, imageId, etag, why } = reference;
  return (
    <article className="relative flex h-full gap-3 rounded-md border border-line hover:border-line-strong max-sm:p-3 sm:flex-col sm:gap-0">
      <Picture
        imageId={imageId}
        etag={etag}
        missing={imageId === null ? "Not indexed" : undefined}
        alt={`Reference image of ${quote(group)}`}
        className="aspect-[3/4] max-sm:w-28 max-sm:shrink-0 sm:rounded-b-none"
      />
      <div className="flex min-w-0 flex-col gap-1 sm:p-2.5">
        <h3 className="text-sm">
          <Link to={groupPath(root, group)} className="row-link [overflow-wrap:anywhere]">
            {group}
          </Link>
        </h3>
        <p className="text-xs text-muted [overflow-wrap:anywhere]">{why}</p>
      </div>
    </article>
  );
}
