import {
  Activity,
  CalendarClock,
  Database,
  Gauge,
  Grid3x3,
  Images,
  ImageUp,
  KeyRound,
  ListChecks,
  type LucideIcon,
  ScrollText,
  Tags,
  UserCog,
  Users,
} from "lucide-react";
import { hasRole, type Role } from "~/features/operators/role";

type Entry = {
  label: string;
  to: string;
  icon: LucideIcon;
  /** Pages that belong to it and lie elsewhere. */
  also?: { label: string; to: string }[];
  /** Who sees it; anyone unless said. */
  role?: Role;
};

/** The rail, top to bottom, for everyone. */
const navigation: { group: string; entries: Entry[] }[] = [
  {
    group: "Watch",
    entries: [
      { label: "Overview", to: "/", icon: Gauge },
      { label: "Monitoring", to: "/monitoring", icon: Activity },
    ],
  },
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
      { label: "Ingest", to: "/ingest", icon: ImageUp, role: "operator" },
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
      { label: "Storage", to: "/storage", icon: Database },
    ],
  },
  {
    group: "Admin",
    entries: [
      { label: "Audit log", to: "/audit-log", icon: ScrollText },
      { label: "Operators", to: "/operators", icon: UserCog, role: "admin" },
      { label: "API tokens", to: "/api-tokens", icon: KeyRound, role: "admin" },
    ],
  },
];

/** The rail of someone with this role. */
export const navigationFor = (role: Role): typeof navigation =>
  navigation.map(({ group, entries }) => ({
    group,
    entries: entries.filter((entry) => hasRole(role, entry.role ?? "viewer")),
  }));
