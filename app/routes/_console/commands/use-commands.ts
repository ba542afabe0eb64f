import { useFetcher, useNavigate } from "@remix-run/react";
import { Bookmark, FolderOpen, Keyboard, ListChecks, Monitor, Moon, Search, Sun, UserRound } from "lucide-react";
import { useEffect } from "react";
import { useOfferedActions } from "~/components/actions/image-actions-provider";
import { useRole } from "~/components/operator";
import { groupPath } from "~/features/attribute-groups/group-slug";
import { toImageAddress } from "~/features/images/query/image-address";
import { toMatchQuery } from "~/features/images/text/search-text";
import { quote } from "~/quote";
import { navigationFor } from "~/routes/_console/navigation";
import { type Command, narrowCommands } from "./command";

/** Letters that are typed quickly are asked about once. */
const PAUSE_MS = 120;

const themes = [
  { value: "system", label: "System theme", icon: Monitor },
  { value: "light", label: "Light theme", icon: Sun },
  { value: "dark", label: "Dark theme", icon: Moon },
] as const;

type Found = {
  owners: { id: string; name: string }[];
  groups: { root: string; name: string }[];
  views: { id: number; page: string; name: string; address: string }[];
};
const nothingFound: Found = { owners: [], groups: [], views: [] };

/** “images of mina” is about Mina. */
const nameIn = (text: string) => text.replace(/^images (of|by) /i, "").trim();

/** All that can be done from here by this text, in the order in which it is offered. */
export function useCommands(text: string, onKeys: () => void): Command[] {
  const navigate = useNavigate();
  const role = useRole();
  const offered = useOfferedActions();
  const theme = useFetcher();
  const found = useFound(nameIn(text));

  const actions = (offered?.actions ?? []).map((action): Command => {
    const { id, icon, refusal, perform } = action;
    const hint = offered?.what ?? undefined;
    return { id, icon, refusal, run: perform, group: "Actions", label: action.label, ...(hint && { hint }) };
  });
  const select: Command[] = offered?.more
    ? [{ id: "select", group: "Actions", label: offered.more.label, icon: ListChecks, run: offered.more.onPress }]
    : [];
  const pages = navigationFor(role).flatMap(({ entries }) =>
    entries
      .flatMap(({ also = [], ...entry }) => [entry, ...also.map((page) => ({ ...page, icon: entry.icon }))])
      .map(({ label, to, icon }): Command => ({ id: to, group: "Pages", label, icon, run: () => navigate(to) })),
  );
  const search: Command[] =
    toMatchQuery(text) === null
      ? []
      : [
          {
            id: "search",
            group: "Images",
            label: `Search images for ${quote(text.trim())}`,
            icon: Search,
            run: () => navigate(`/images?${toImageAddress({ text: text.trim().slice(0, 200) })}`),
          },
        ];
  const owners = found.owners.map(
    ({ id, name }): Command => ({
      id: `owner ${id}`,
      group: "Images",
      label: `Images of ${name}`,
      hint: id,
      icon: UserRound,
      run: () => navigate(`/images?${toImageAddress({ owner: [id] })}`),
    }),
  );
  const groups = found.groups.map(
    ({ root, name }): Command => ({
      id: `group ${root} ${name}`,
      group: "Attribute groups",
      label: name,
      hint: root,
      icon: FolderOpen,
      run: () => navigate(groupPath(root, name)),
    }),
  );
  const views = found.views.map(
    ({ id, page, name, address }): Command => ({
      id: `view ${id}`,
      group: "Views",
      label: name,
      icon: Bookmark,
      run: () => navigate(`${page}?${address}`),
    }),
  );
  const looks = themes.map(
    ({ value, label, icon }): Command => ({
      id: value,
      group: "Console",
      label,
      icon,
      run: () => theme.submit({ theme: value }, { method: "post", action: "/theme" }),
    }),
  );
  const help: Command = { id: "keys", group: "Console", label: "Keyboard shortcuts", icon: Keyboard, run: onKeys };
  return [
    // What cannot be done before something is selected stands in no one's way.
    ...narrowCommands(offered?.what ? [...actions, ...select, ...pages] : [...pages, ...select, ...actions], text),
    ...search,
    ...owners,
    ...groups,
    ...views,
    ...narrowCommands([...looks, help], text),
  ];
}

/** Owners and groups by name; those of the former text until there are others. */
function useFound(text: string): Found {
  const { load, data } = useFetcher<Found>();
  useEffect(() => {
    if (text === "") return;
    const timer = setTimeout(() => load(`/command-options?${new URLSearchParams({ text })}`), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, load]);
  return data && text !== "" ? data : nothingFound;
}
