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

/** Every key of the console, for the help and for who changes one. */
export const keys: { title: string; keys: { press: string[]; does: string }[] }[] = [
  {
    title: "Everywhere",
    keys: [
      { press: ["Ctrl", "K"], does: "Search, go to a page, or run a command (⌘ K on a Mac)" },
      { press: ["/"], does: "Search this page" },
      { press: ["?"], does: "Show these keys" },
      { press: ["F8"], does: "Go to the message at the bottom of the page" },
      { press: ["Esc"], does: "Close what is open" },
    ],
  },
  {
    title: "Images",
    keys: [
      { press: ["J"], does: "Next image" },
      { press: ["K"], does: "Previous image" },
      { press: ["Space"], does: "Look at the image beside the list" },
      { press: ["←", "→"], does: "On an image's page: the ones beside it" },
      { press: ["L"], does: "On an image: its labels, one after the other (then Enter to choose)" },
      { press: ["X"], does: "Select or deselect the image" },
      { press: ["Shift", "X"], does: "Select from the last image to this one (or Shift-click)" },
      { press: ["Ctrl", "A"], does: "Select all images shown (Ctrl K: all that match)" },
      { press: ["Esc"], does: "Clear the selection" },
    ],
  },
  {
    title: "Review of a label run",
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
