import { useFetcher, useSubmit } from "@remix-run/react";
import { CloudOff, LogOut, Menu as MenuIcon, Monitor, Moon, Sun, SunMoon } from "lucide-react";
import { isTheme, type Theme } from "~/components/theme";
import { Breadcrumb, type Crumb } from "~/components/ui/breadcrumb";
import { IconButton } from "~/components/ui/forms/button";
import { Menu, MenuItem, MenuLabel, MenuRadio, MenuSeparator } from "~/components/ui/forms/menu";
import { Badge } from "~/components/ui/status";
import { Commands } from "./commands/commands";
import { NavigationProgress } from "./navigation-progress";

const themeOptions: { value: Theme; label: string; icon: JSX.Element }[] = [
  { value: "system", label: "System", icon: <Monitor aria-hidden /> },
  { value: "light", label: "Light", icon: <Sun aria-hidden /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden /> },
];

type TopBarProps = {
  crumbs: Crumb[];
  /** Services for which a local one stands in. */
  standIns: string[];
  operator: { name: string; email: string; role: string };
  theme: Theme;
  onOpenNavigation: () => void;
};

export function TopBar({ crumbs, standIns, operator, theme, onOpenNavigation }: TopBarProps) {
  return (
    <header className="sticky top-0 z-20 flex h-12 items-center gap-2 border-b border-line bg-canvas pr-2 pl-1 sm:px-5">
      <IconButton label="Open navigation" className="sm:hidden" onClick={onOpenNavigation}>
        <MenuIcon aria-hidden />
      </IconButton>
      <Breadcrumb crumbs={crumbs} />
      <div className="ml-auto flex shrink-0 items-center gap-1">
        <Commands />
        {standIns.length > 0 && <StandIns services={standIns} />}
        <ThemeMenu theme={theme} />
        <OperatorMenu operator={operator} />
      </div>
      <NavigationProgress />
    </header>
  );
}

function StandIns({ services }: { services: string[] }) {
  const sentence = `Local services stand in for ${services.join(", ")}`;
  return (
    <Badge className="mr-1">
      <CloudOff aria-hidden className="size-3.5" />
      <span className="max-md:sr-only">{sentence}</span>
      <span aria-hidden className="md:hidden">
        Local
      </span>
    </Badge>
  );
}

function ThemeMenu({ theme }: { theme: Theme }) {
  const fetcher = useFetcher();
  const pending = fetcher.formData?.get("theme");
  return (
    <Menu
      trigger={
        <IconButton label="Theme">
          <SunMoon aria-hidden />
        </IconButton>
      }
    >
      <MenuRadio
        value={isTheme(pending) ? pending : theme}
        options={themeOptions}
        onChange={(chosen) => fetcher.submit({ theme: chosen }, { method: "post", action: "/theme" })}
      />
    </Menu>
  );
}

function OperatorMenu({ operator }: { operator: TopBarProps["operator"] }) {
  const submit = useSubmit();
  const initials = operator.name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join("")
    .toUpperCase();
  return (
    <Menu
      trigger={
        <IconButton label={`${initials}, signed in as ${operator.name}`}>
          <span
            aria-hidden
            className="grid size-7 place-items-center rounded-full border border-line-strong text-xs font-medium text-ink"
          >
            {initials}
          </span>
        </IconButton>
      }
    >
      <MenuLabel>
        <span className="block text-sm font-medium text-ink">{operator.name}</span>
        {operator.email} · {operator.role}
      </MenuLabel>
      <MenuSeparator />
      <MenuItem onSelect={() => submit(null, { method: "post", action: "/logout" })}>
        <LogOut aria-hidden />
        Sign out
      </MenuItem>
    </Menu>
  );
}
