import { FormDialog } from "~/components/ui/dialog";
import { Choice } from "~/components/ui/forms/choice";
import { InPlaceForm } from "~/components/ui/forms/in-place-form";
import { TextInput } from "~/components/ui/forms/text-input";
import { type Role, roles } from "~/features/operators/role";
import type { OperatorRow } from "./operator-row";

/** Which of the page's dialogs is open. */
export type OpenDialog = { kind: "add" } | { kind: keyof typeof questions | "change-role"; operator: OperatorRow };

type DialogProps = { onClose(): void };

const ACTION = "/operators";

/** What taking access away asks first. */
const questions = {
  remove: {
    title: (email: string) => `Remove ${email}`,
    description:
      "They are signed out at once and cannot sign in again, whatever the lists say. What they did keeps their name.",
    ofSelf: "You are signed out at once. Only another admin can let you in again.",
    keep: "Keep operator",
    submit: "Remove operator",
  },
  release: {
    title: (email: string) => `Release the Google account of ${email}`,
    description:
      "They are signed out, and the next Google account that signs in with this address is theirs. Do this when the same person has a new account. For another person at this address, remove the operator and add the address again.",
    ofSelf: "You are signed out, and the next Google account that signs in with your address is yours.",
    keep: "Keep the account",
    submit: "Release account",
  },
  "end-sessions": {
    title: (email: string) => `Sign out ${email}`,
    description: "They are signed out in every browser. They can sign in again.",
    ofSelf: "You are signed out in every browser, this one too. You can sign in again.",
    keep: "Stay signed in",
    submit: "Sign out everywhere",
  },
};

export function OperatorDialog({ dialog, onClose }: DialogProps & { dialog: OpenDialog }) {
  if (dialog.kind === "add") return <AddDialog onClose={onClose} />;
  const { kind, operator } = dialog;
  if (kind === "change-role") return <RoleDialog operator={operator} onClose={onClose} />;
  const { title, description, ofSelf, keep, submit } = questions[kind];
  return (
    <FormDialog title={title(operator.email)} description={operator.isSelf ? ofSelf : description} onClose={onClose}>
      <InPlaceForm action={ACTION} fields={{ intent: kind, operatorId: operator.id }} keep={keep} submit={submit}>
        {null}
      </InPlaceForm>
    </FormDialog>
  );
}

function AddDialog({ onClose }: DialogProps) {
  return (
    <FormDialog
      title="Add operator"
      description="The address can sign in without being on a list, until an admin removes it. The first Google account that signs in with it is kept."
      onClose={onClose}
    >
      <InPlaceForm action={ACTION} fields={{ intent: "add" }} keep="Cancel" submit="Add operator">
        <div className="flex flex-col gap-3">
          <TextInput name="email" label="Email" type="email" maxLength={254} isRequired />
          <RoleChoice chosen="viewer" />
        </div>
      </InPlaceForm>
    </FormDialog>
  );
}

function RoleDialog({ operator, onClose }: DialogProps & { operator: OperatorRow }) {
  const { id, email, role, isSelf } = operator;
  return (
    <FormDialog
      title={`Change the role of ${email}`}
      description={
        isSelf
          ? "It holds from your next page on. As less than an admin you cannot undo it."
          : "It holds from their next page on."
      }
      onClose={onClose}
    >
      <InPlaceForm
        action={ACTION}
        fields={{ intent: "change-role", operatorId: id }}
        keep="Keep the role"
        submit="Change role"
      >
        <RoleChoice chosen={role} />
      </InPlaceForm>
    </FormDialog>
  );
}

const may: Record<Role, string> = {
  viewer: "Viewer: looks at everything",
  operator: "Operator: also makes changes",
  admin: "Admin: also decides who may sign in",
};

const RoleChoice = ({ chosen }: { chosen: Role }) => (
  <Choice label="Role" name="role" defaultValue={chosen}>
    {roles.map((each) => (
      <option key={each} value={each}>
        {may[each]}
      </option>
    ))}
  </Choice>
);
