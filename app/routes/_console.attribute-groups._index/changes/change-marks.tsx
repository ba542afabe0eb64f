import { TextLink } from "~/components/ui/text-link";
import { groupPath } from "~/features/attribute-groups/group-slug";

export function GroupLink({ root, name }: { root: string; name: string }) {
  return (
    <TextLink to={groupPath(root, name)} className="font-medium break-all">
      {name}
    </TextLink>
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
