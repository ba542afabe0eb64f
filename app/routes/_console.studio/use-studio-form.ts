import { useEffect, useRef, useState } from "react";
import { type StudioForm, toStudioAddress } from "~/features/drawing/studio/studio-form";

/** The form, kept in the address as it changes, so that it can be sent to a colleague; beside it the run that is shown. */
export function useStudioForm(start: StudioForm, runId: number | null) {
  const [form, setForm] = useState(start);
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    const params = toStudioAddress(form);
    if (runId !== null) params.set("run", String(runId));
    window.history.replaceState(window.history.state, "", `/studio?${params}`);
  }, [form, runId]);
  return { form, change: (changes: Partial<StudioForm>) => setForm((now) => ({ ...now, ...changes })) };
}
