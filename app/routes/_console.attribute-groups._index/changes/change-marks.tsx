import { Link } from "@remix-run/react";
import { groupPath } from "~/features/attribute-groups/group-slug";

export function GroupLink({ root, name }: { root: string; name: string }) {
  return (
    <Link to={groupPath(root, name)} className="link inline-flex items-center font-medium break-all max-sm:min-h-11">
      {name}
    </Link>
  );
}

export const Arrow = () => (
  <span className="text-muted">
    <span aria-hidden>→</span>
    <span className="sr-only">is now</span>
  </span>
);

/** Enough of an ETag to tell two apart; all of it on hover. */
export const Etag = ({ etag }: { etag: string }) => (
  <code className="font-mono text-xs" title={etag}>
    {etag.slice(0, 8)}
  </code>
);
