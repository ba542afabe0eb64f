import { TabLinks } from "~/components/ui/tabs";

type View = "overview" | "thumbnails" | "duplicates" | "orphans";

const tabs: { view: View; label: string; to: string }[] = [
  { view: "overview", label: "Overview", to: "/storage" },
  { view: "thumbnails", label: "Thumbnails", to: "/storage/thumbnails" },
  { view: "duplicates", label: "Duplicates", to: "/storage/duplicates" },
  { view: "orphans", label: "Orphans", to: "/storage/orphans" },
];

/** The pages about what the bucket holds. */
export const StorageTabs = ({ current }: { current: View }) => (
  <TabLinks
    label="Views of the storage"
    tabs={tabs.map(({ view, label, to }) => ({ label, to, isCurrent: view === current }))}
  />
);
