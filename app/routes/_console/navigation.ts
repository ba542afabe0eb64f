import { Gauge, Grid3x3, ListChecks, type LucideIcon, Tags } from "lucide-react";

type Entry = { label: string; to: string; icon: LucideIcon };

/** The rail, top to bottom. */
export const navigation: { group: string; entries: Entry[] }[] = [
  { group: "Watch", entries: [{ label: "Overview", to: "/", icon: Gauge }] },
  {
    group: "Work",
    entries: [
      { label: "Attribute groups", to: "/attribute-groups", icon: Grid3x3 },
      { label: "Labeling", to: "/label-runs", icon: Tags },
      { label: "Jobs", to: "/job-runs", icon: ListChecks },
    ],
  },
];
