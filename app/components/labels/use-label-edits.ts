import { useFetcher } from "@remix-run/react";
import { useCallback, useEffect, useMemo } from "react";
import { useHasRole } from "~/components/operator";
import { useSay } from "~/components/ui/toast";
import { capitalized } from "~/features/format";

type Edited = { attribute: string; said: string; rev: number | null; former: number | null };

/** What can be done at once with the labels of an image; `rev` is that of the label that was seen, null where there was none. */
export type LabelEdits = {
  set(attribute: string, value: string, rev: number | null): void;
  remove(attribute: string, rev: number | null): void;
  /** Has the former label of this rev hold again. */
  restore(attribute: string, former: number, rev: number | null): void;
};

/** Null for who may look only. What was done is said, with the way back. */
export function useLabelEdits({ id, etag }: { id: number; etag: string }): LabelEdits | null {
  const { submit, data } = useFetcher<Edited | { refusal: string }>();
  const say = useSay();
  const canEdit = useHasRole("operator");
  const send = useCallback(
    (intent: string, attribute: string, rev: number | null, fields: Record<string, string> = {}) =>
      submit(
        { intent, image: String(id), attribute, ...(rev !== null && { rev: String(rev) }), ...fields },
        { method: "post", action: "/image-labels" },
      ),
    [submit, id],
  );
  const edits = useMemo(
    (): LabelEdits => ({
      set: (attribute, value, rev) => send("set-label", attribute, rev, { value, etag }),
      remove: (attribute, rev) => send("remove-label", attribute, rev),
      restore: (attribute, former, rev) => send("restore-label", attribute, rev, { former: String(former) }),
    }),
    [send, etag],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer is said once
  useEffect(() => {
    if (!data) return;
    if ("refusal" in data) return say({ tone: "bad", text: data.refusal });
    const { attribute, said, rev, former } = data;
    const perform = () => (former === null ? edits.remove(attribute, rev) : edits.restore(attribute, former, rev));
    say({ tone: "good", text: capitalized(said), undo: { perform } });
  }, [data]);
  return canEdit ? edits : null;
}
