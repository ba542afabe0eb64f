import { type ComponentType, useEffect, useState } from "react";

/**
 * Charts weigh more than the rest of the page: they come after it, to browsers only.
 * @param load the same function each time: `() => import("./stacked-chart").then(…)` outside of the component
 */
export function useChart<Props>(load: () => Promise<ComponentType<Props>>) {
  const [chart, setChart] = useState<{ Chart: ComponentType<Props> } | "loading" | "failed">("loading");
  useEffect(() => {
    load().then(
      (Chart) => setChart({ Chart }),
      () => setChart("failed"),
    );
  }, [load]);
  return chart;
}
