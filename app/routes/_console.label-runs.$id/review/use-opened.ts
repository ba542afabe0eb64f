import { useLocation } from "@remix-run/react";
import { useState } from "react";

const PARAM = "proposal";

const idIn = (search: string) => Number(new URLSearchParams(search).get(PARAM)) || null;

/**
 * Which proposal is looked at beside the list, by its id. It stands in the address, past the router: for that, another address
 * would be another page to load. Another list begins with what its own address says.
 */
export function useOpened(): [id: number | null, look: (id: number | null) => void] {
  const { key, search } = useLocation();
  const [state, setState] = useState({ key, id: idIn(search) });
  const id = state.key === key ? state.id : idIn(search);
  const look = (next: number | null) => {
    setState({ key, id: next });
    const url = new URL(window.location.href);
    if (next === null) url.searchParams.delete(PARAM);
    else url.searchParams.set(PARAM, String(next));
    window.history.replaceState(window.history.state, "", url);
  };
  return [id, look];
}
