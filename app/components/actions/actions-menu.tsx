import { Ellipsis } from "lucide-react";
import { IconButton } from "~/components/ui/forms/button";
import { Menu, MenuItem } from "~/components/ui/forms/menu";
import type { OfferedAction } from "./image-actions-provider";

type ActionsMenuProps = {
  actions: OfferedAction[];
  /** “2 images”, “this image”, for who does not see what stands around the button. */
  what: string;
};

/** Actions behind one button, where there is no room for more. One that cannot be done says why. */
export function ActionsMenu({ actions, what }: ActionsMenuProps) {
  if (actions.length === 0) return null;
  return (
    <Menu
      trigger={
        <IconButton label={`Actions on ${what}`} className="border border-line-strong">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {actions.map(({ id, label, refusal, perform, icon: Icon }) => (
        <MenuItem key={id} onSelect={perform} refusal={refusal}>
          <Icon aria-hidden />
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}
