import { useLocation } from "@remix-run/react";
import { OwnerCombobox } from "~/components/owners/owner-combobox";
import { FormDialog } from "~/components/ui/dialog";
import { InPlaceForm } from "~/components/ui/forms/in-place-form";
import { TextInput } from "~/components/ui/forms/text-input";
import type { OwnerRow } from "~/features/owners/owner-order";
import { writeGigabytes } from "~/features/owners/quota/owner-quota";
import { quote } from "~/quote";

/** Which of the page's dialogs is open. */
export type OpenDialog = { kind: "create" } | { kind: keyof typeof ofOwner; owner: OwnerRow };

type DialogProps = { onClose(): void };

export function OwnerDialog({ dialog, onClose }: DialogProps & { dialog: OpenDialog }) {
  if (dialog.kind === "create") return <CreateDialog onClose={onClose} />;
  const Dialog = ofOwner[dialog.kind];
  return <Dialog owner={dialog.owner} onClose={onClose} />;
}

/** The address of the list as it is, for an action of its index route. */
function useListAction(): string {
  const { search } = useLocation();
  return `/owners?index${search.replace("?", "&")}`;
}

function CreateDialog({ onClose }: DialogProps) {
  return (
    <FormDialog
      title="New owner"
      description="A user of the studio to whom images can belong before a key names them."
      onClose={onClose}
    >
      <InPlaceForm action={useListAction()} fields={{ intent: "create" }} keep="Cancel" submit="Create owner">
        <div className="flex flex-col gap-3">
          <TextInput
            name="id"
            label="ID"
            hint="As the studio knows the user. It becomes a part of keys and cannot be changed later."
            maxLength={100}
            isRequired
          />
          <TextInput name="name" label="Name" maxLength={200} isRequired />
          <TextInput name="email" label="Email" hint="Optional" type="email" maxLength={254} />
        </div>
      </InPlaceForm>
    </FormDialog>
  );
}

function RenameDialog({ owner, onClose }: DialogProps & { owner: OwnerRow }) {
  return (
    <FormDialog
      title={`Rename ${quote(owner.name)}`}
      description={`The ID ${quote(owner.id)} stays, because keys begin with it.`}
      onClose={onClose}
    >
      <InPlaceForm
        action={useListAction()}
        fields={{ intent: "rename", id: owner.id }}
        keep="Keep the name"
        submit="Save owner"
      >
        <div className="flex flex-col gap-3">
          <TextInput name="name" label="Name" value={owner.name} maxLength={200} isRequired />
          <TextInput
            name="email"
            label="Email"
            hint="Optional"
            type="email"
            value={owner.email ?? ""}
            maxLength={254}
          />
        </div>
      </InPlaceForm>
    </FormDialog>
  );
}

function QuotaDialog({ owner, onClose }: DialogProps & { owner: OwnerRow }) {
  const { quota } = owner;
  return (
    <FormDialog
      title={`Quota of ${quote(owner.name)}`}
      description="An alert opens when the owner has more. Nothing is stopped. The audit log keeps what it was before."
      onClose={onClose}
    >
      <InPlaceForm
        action={useListAction()}
        fields={{ intent: "quota", id: owner.id }}
        keep="Keep the quota"
        submit="Save quota"
      >
        <div className="flex flex-col gap-3">
          <TextInput
            name="gigabytes"
            label="Gigabytes"
            hint="Of its images in the bucket. Empty: no limit"
            value={writeGigabytes(quota.bytes)}
            maxLength={20}
          />
          <TextInput
            name="images"
            label="Images"
            hint="Empty: no limit"
            value={quota.images === null ? "" : String(quota.images)}
            maxLength={20}
          />
        </div>
      </InPlaceForm>
    </FormDialog>
  );
}

function MergeDialog({ owner, onClose }: DialogProps & { owner: OwnerRow }) {
  return (
    <FormDialog
      title={`Merge ${quote(owner.name)}`}
      description={`All its images go to another owner, and so do new ones whose keys name ${quote(owner.id)}. It is no longer listed then. You see the plan first, and can undo it.`}
      onClose={onClose}
    >
      <InPlaceForm
        action={useListAction()}
        fields={{ intent: "merge", ownerId: owner.id }}
        keep="Keep both"
        submit="Plan the merge"
      >
        <OwnerCombobox label="Merge into" name="intoOwnerId" except={owner.id} />
      </InPlaceForm>
    </FormDialog>
  );
}

const ofOwner = { rename: RenameDialog, quota: QuotaDialog, merge: MergeDialog };
