import { TabLinks } from "~/components/ui/tabs";

type View = "matrix" | "list" | "changes" | "selection";

/** The ways to look at the groups of a root. */
export function GroupsTabs({ root, current }: { root: string; current: View }) {
  const linkTo = (path: string, params: Record<string, string> = {}) =>
    `${path}?${new URLSearchParams({ root, ...params })}`;
  const tabs: { view: View; label: string; to: string }[] = [
    { view: "matrix", label: "Matrix", to: linkTo("/attribute-groups") },
    { view: "list", label: "List", to: linkTo("/attribute-groups", { view: "list" }) },
    { view: "changes", label: "Changes", to: linkTo("/attribute-groups", { view: "changes" }) },
    { view: "selection", label: "References", to: linkTo("/references") },
  ];
  return (
    <TabLinks
      label="Views of the groups"
      tabs={tabs.map(({ view, label, to }) => ({ label, to, isCurrent: view === current }))}
    />
  );
}
