import { useFetcher } from "@remix-run/react";
import { useState } from "react";
import { FormDialog } from "~/components/ui/dialog";
import { Combobox } from "~/components/ui/forms/combobox";
import type { ActionTarget } from "./image-action";
import { PlanForm } from "./plan-form";

type OwnersFound = { owners: { id: string; name: string; email: string | null }[]; isCut: boolean };

/** Asks whom images shall belong to. */
export function ReassignDialog({ target, onClose }: { target: ActionTarget; onClose(): void }) {
  const { load, data, state } = useFetcher<OwnersFound>();
  const [owner, setOwner] = useState<string | null>(null);
  return (
    <FormDialog
      title={`Reassign ${target.what}`}
      description="The objects and their keys stay where they are. You see the plan first."
      onClose={onClose}
    >
      <PlanForm intent="reassign-owner" target={target} keep="Keep owners" submit="Plan the reassignment">
        <Combobox
          label="New owner"
          name="toOwnerId"
          placeholder="Name, ID or email"
          value={owner}
          onChange={setOwner}
          onSearch={(text) => load(`/owner-options?${new URLSearchParams({ text })}`)}
          isSearching={state !== "idle"}
          options={data?.owners.map(({ id, name, email }) => ({
            value: id,
            label: name,
            hint: [id, email].filter((said) => said !== null && said !== name).join(" · "),
          }))}
          none="No owner is called that. Owners appear here once they are created or have uploaded an image."
          more={data?.isCut ? "There are more: type a part of the name." : null}
        />
      </PlanForm>
    </FormDialog>
  );
}
