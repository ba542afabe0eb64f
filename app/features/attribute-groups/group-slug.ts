/**
 * A group's name as the part of a URL path that encodeURIComponent then encodes. Browsers take away a part that is "",
 * "." or "..", encoded or not, so these (and what would look like one of them) get a "~" in front.
 */
export function groupSlug(name: string): string {
  return name === "" || name === "." || name === ".." || name.startsWith("~") ? `~${name}` : name;
}

/** The name that a slug stands for. */
export function groupNameFromSlug(slug: string): string {
  return slug.startsWith("~") ? slug.slice(1) : slug;
}

/** Where a finding is open, with its evidence beside the groups. */
export function findingPath(root: string, id: number): string {
  return `/attribute-groups?${new URLSearchParams({ root, finding: String(id) })}#finding-${id}`;
}

/** Where a group's page is. */
export function groupPath(root: string, name: string): string {
  return `/attribute-groups/${encodeURIComponent(groupSlug(name))}?root=${encodeURIComponent(root)}`;
}
