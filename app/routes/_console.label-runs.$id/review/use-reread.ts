import { useNavigation, useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useState } from "react";

/** Reads the page's data again, in place, as soon as nothing else is being read: reading twice would call the first off. */
export function useReread(): () => void {
  const { revalidate, state: revalidation } = useRevalidator();
  const { state: navigation } = useNavigation();
  const [isDue, setDue] = useState(false);
  useEffect(() => {
    if (!isDue || revalidation !== "idle" || navigation !== "idle") return;
    setDue(false);
    revalidate();
  }, [isDue, revalidation, navigation, revalidate]);
  return useCallback(() => setDue(true), []);
}
