import { useNavigate } from "@remix-run/react";

/**
 * Changes how the list is drawn, in place: it is not read again, and stays where one is. (The address knows more than the
 * router: see `usePlaceInAddress`.)
 */
export function useChangeView() {
  const navigate = useNavigate();
  return (
    changes: Partial<Record<"view" | "size" | "image", string | null>>,
    { isStep = false, state }: { isStep?: boolean; state?: object } = {},
  ) => {
    const params = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) params.delete(name);
      else params.set(name, value);
    }
    const { history } = window;
    navigate(
      { search: String(params) },
      { replace: !isStep, preventScrollReset: true, state: state ?? history.state?.usr },
    );
  };
}
