import { useNavigation } from "@remix-run/react";

/** A hairline under the top bar while the next page is on its way; the page that is shown stays usable. */
export function NavigationProgress() {
  const isWaiting = useNavigation().state !== "idle";
  return (
    <div role="status" className="absolute inset-x-0 -bottom-px h-0.5 overflow-hidden">
      {isWaiting && (
        <>
          <span className="sr-only">Loading</span>
          <span className="navigation-progress block h-full w-1/3 bg-accent" />
        </>
      )}
    </div>
  );
}
