import { TabLinks } from "~/components/ui/tabs";

/** The lists of labeling. */
export function LabelingTabs({ current }: { current: "runs" | "prompts" | "refusals" | "quotas" }) {
  return (
    <TabLinks
      label="Labeling"
      tabs={[
        { label: "Label runs", to: "/label-runs", isCurrent: current === "runs" },
        { label: "Prompts", to: "/prompts", isCurrent: current === "prompts" },
        { label: "Refusals", to: "/refusals", isCurrent: current === "refusals" },
        { label: "Quotas", to: "/model-quotas", isCurrent: current === "quotas" },
      ]}
    />
  );
}
