import { type RefObject, useState } from "react";
import { useLayoutEffect } from "~/components/use-layout-effect";

/** The width of an element and the height of the window, in px; null until they were measured. */
export function useSize(element: RefObject<HTMLElement>): { width: number; height: number } | null {
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  useLayoutEffect(() => {
    const measure = () => {
      if (!element.current) return;
      const { clientWidth: width } = element.current;
      const { innerHeight: height } = window;
      setSize((last) => (last?.width === width && last.height === height ? last : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (element.current) observer.observe(element.current);
    window.addEventListener("resize", measure);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", measure);
    };
  }, [element]);
  return size;
}
