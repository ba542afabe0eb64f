/** True where a page's own keys must not act: someone writes, or an open dialog or menu has the keys. */
export function isKeyTaken(event: KeyboardEvent): boolean {
  if (document.querySelector("[role=dialog], [role=menu]")) return true;
  const { target } = event;
  return target instanceof Element && target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
}
