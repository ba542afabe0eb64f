/**
 * True where a page's own keys must not act: someone writes, or an open dialog or menu has the keys. One that this very key
 * has closed is gone already, and has said so.
 */
export function isKeyTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented) return true;
  if (document.querySelector("[role=dialog], [role=menu]")) return true;
  const { target } = event;
  return target instanceof Element && target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
}

/** Keys that belong together. `isHere` says on which pages they act; without it they act everywhere. */
export type KeyGroup = {
  title: string;
  isHere?: (pathname: string) => boolean;
  keys: { press: string[]; does: string }[];
};

const selecting = [
  { press: ["X"], does: "Select or deselect the image" },
  { press: ["Shift", "X"], does: "Select from the last image to this one (or Shift-click)" },
];
const clearing = { press: ["Esc"], does: "Clear the selection" };

/** Every key of the console, for the help and for who changes one. */
const groups: KeyGroup[] = [
  {
    title: "Everywhere",
    keys: [
      { press: ["Ctrl", "K"], does: "Search, go to a page, or run a command (⌘ K on a Mac)" },
      { press: ["/"], does: "Search this page, where it has a search box" },
      { press: ["?"], does: "Show these keys" },
      { press: ["F8"], does: "Go to the message at the bottom of the page" },
      { press: ["Esc"], does: "Close what is open" },
    ],
  },
  {
    title: "List of images",
    isHere: (pathname) => pathname === "/images",
    keys: [
      { press: ["J"], does: "Next image" },
      { press: ["K"], does: "Previous image" },
      { press: ["Space"], does: "Look at the image beside the list" },
      ...selecting,
      { press: ["Ctrl", "A"], does: "Select all images shown (Ctrl K: all that match)" },
      clearing,
    ],
  },
  {
    title: "An image",
    isHere: (pathname) => /^\/images(\/\d+)?$/.test(pathname),
    keys: [
      { press: ["←", "→"], does: "Previous and next image of the list" },
      { press: ["L"], does: "Its labels, one after the other (then Enter to choose)" },
    ],
  },
  {
    title: "An attribute group",
    isHere: (pathname) => /^\/attribute-groups\/./.test(pathname),
    keys: [
      { press: ["J"], does: "Next image" },
      { press: ["K"], does: "Previous image" },
      ...selecting,
      { press: ["Ctrl", "A"], does: "Select all images of the group" },
      clearing,
    ],
  },
  {
    title: "Review of a label run",
    isHere: (pathname) => /^\/label-runs\/\d+$/.test(pathname),
    keys: [
      { press: ["J"], does: "Next proposal" },
      { press: ["K"], does: "Previous proposal" },
      { press: ["A"], does: "Accept the proposal (over a person's label: press it twice)" },
      { press: ["R"], does: "Reject the proposal" },
      { press: ["U"], does: "Take back your last decision" },
      { press: ["Space"], does: "Look at the image, and close it again" },
    ],
  },
];

/** The keys that act on a page, its own first; and those of other pages. */
export function keysOn(pathname: string): { here: KeyGroup[]; elsewhere: KeyGroup[] } {
  const own = groups.filter(({ isHere }) => isHere?.(pathname));
  const everywhere = groups.filter(({ isHere }) => !isHere);
  return { here: [...own, ...everywhere], elsewhere: groups.filter((group) => group.isHere && !own.includes(group)) };
}
