import {
  CalendarClock,
  Gauge,
  Grid3x3,
  Images,
  ListChecks,
  type LucideIcon,
  ScrollText,
  Tags,
  Users,
} from "lucide-react";

type Entry = {
  label: string;
  to: string;
  icon: LucideIcon;
  /** Pages that belong to it and lie elsewhere. */
  also?: { label: string; to: string }[];
};

/** The rail, top to bottom. */
export const navigation: { group: string; entries: Entry[] }[] = [
  { group: "Watch", entries: [{ label: "Overview", to: "/", icon: Gauge }] },
  {
    group: "Work",
    entries: [
      {
        label: "Attribute groups",
        to: "/attribute-groups",
        icon: Grid3x3,
        also: [{ label: "References", to: "/references" }],
      },
      { label: "Images", to: "/images", icon: Images },
      { label: "Owners", to: "/owners", icon: Users },
      {
        label: "Labeling",
        to: "/label-runs",
        icon: Tags,
        also: [
          { label: "Prompts", to: "/prompts" },
          { label: "Refusals", to: "/refusals" },
          { label: "Quotas", to: "/model-quotas" },
        ],
      },
      { label: "Jobs", to: "/job-runs", icon: ListChecks },
      { label: "Schedules", to: "/schedules", icon: CalendarClock },
    ],
  },
  { group: "Admin", entries: [{ label: "Audit log", to: "/audit-log", icon: ScrollText }] },
];
