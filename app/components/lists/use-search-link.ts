import { useLocation } from "@remix-run/react";

/**
 * Addresses of this page with other parameters: null removes one, the rest stays. Another filter begins at the first
 * page again.
 */
export function useSearchLink() {
  const { pathname, search } = useLocation();
  return (changes: Record<string, string | null>) => {
    const params = new URLSearchParams(search);
    for (const position of ["page", "before", "after"]) params.delete(position);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) params.delete(name);
      else params.set(name, value);
    }
    return params.size > 0 ? `${pathname}?${params}` : pathname;
  };
}
