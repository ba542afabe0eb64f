import { Form, useNavigation } from "@remix-run/react";
import { Button } from "~/components/ui/forms/button";
import { Choice } from "~/components/ui/forms/choice";
import type { SnapshotRef } from "~/features/attribute-groups/snapshots/snapshot-changes";
import { exactTime, plural } from "~/features/format";

type SnapshotsFormProps = { root: string; snapshots: SnapshotRef[]; from: SnapshotRef; to: SnapshotRef };

/** Which two audits are compared. Audits that found nothing changed are one with the one before. */
export function SnapshotsForm({ root, snapshots, from, to }: SnapshotsFormProps) {
  const { state, location } = useNavigation();
  const isPending = state === "loading" && location.search.includes("view=changes");
  return (
    <Form
      method="get"
      preventScrollReset
      className="flex flex-wrap items-end gap-3 max-sm:flex-col max-sm:items-stretch"
    >
      <input type="hidden" name="root" value={root} />
      <input type="hidden" name="view" value="changes" />
      {/* Made anew when the address says others, as after going back. */}
      <Choice key={`from ${from.id}`} label="From" name="from" defaultValue={from.id}>
        {optionsOf(snapshots, from)}
      </Choice>
      <Choice key={`to ${to.id}`} label="To" name="to" defaultValue={to.id}>
        {optionsOf(snapshots, to)}
      </Choice>
      <Button type="submit" pending={isPending} className="sm:h-9">
        Compare
      </Button>
    </Form>
  );
}

/** Older ones than the list holds are known by their link only. */
function optionsOf(snapshots: SnapshotRef[], chosen: SnapshotRef) {
  const offered = snapshots.some(({ id }) => id === chosen.id) ? snapshots : [...snapshots, chosen];
  return offered.map(({ id, takenAt, groups, images }) => (
    <option key={id} value={id}>
      {exactTime(takenAt)} · {plural(groups, "group")}, {plural(images, "image")}
    </option>
  ));
}
