import { useSearchParams } from "@remix-run/react";
import { useState } from "react";
import { askedBy } from "~/web/image-list";

/**
 * A number that grows when the address leads to another list, or to another place of it. After an action, too, the page's
 * data is read again: that is the same turn, in which the list stays as it is.
 */
export function useTurn(loaded: object): number {
  const [params] = useSearchParams();
  const address = String(askedBy(params));
  const [last, setLast] = useState({ loaded, address, turn: 0 });
  if (last.loaded === loaded && last.address === address) return last.turn;
  const turn = last.loaded !== loaded && last.address !== address ? last.turn + 1 : last.turn;
  setLast({ loaded, address, turn });
  return turn;
}
