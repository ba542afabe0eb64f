import { useFetcher } from "@remix-run/react";
import { type ReactNode, useEffect } from "react";
import { Time } from "~/components/time";
import { DialogActions, DialogClose, FormDialog } from "~/components/ui/dialog";
import { Button } from "~/components/ui/forms/button";
import { Choice } from "~/components/ui/forms/choice";
import { CopyButton } from "~/components/ui/forms/copy-button";
import { Refusal } from "~/components/ui/forms/in-place-form";
import { HiddenFields } from "~/components/ui/forms/intent-button";
import { TextInput } from "~/components/ui/forms/text-input";
import { KEPT_DAYS } from "~/features/api-tokens/api-token";
import { plural } from "~/features/format";
import { quote } from "~/quote";

/** Which of the page's dialogs is open. */
export type OpenDialog =
  | { kind: "add" }
  | { kind: "rotate"; client: string }
  | { kind: "revoke"; tokenId: number; client: string; ending: string | null; usedAt: Date | null };

type Answer = { refusal: string } | { client: string; token: string | null; formerEndsAt: Date | null };

/** Asks what is needed, then shows the token that was made, this once. */
export function TokenDialog({ dialog, onClose }: { dialog: OpenDialog; onClose(): void }) {
  const fetcher = useFetcher<Answer>();
  const { state, data } = fetcher;
  const made = data && "client" in data ? data : null;
  const isDone = made !== null && made.token === null;
  useEffect(() => {
    if (isDone) onClose();
  }, [isDone, onClose]);
  if (made && made.token !== null) {
    return <MadeToken client={made.client} token={made.token} formerEndsAt={made.formerEndsAt} onClose={onClose} />;
  }
  const { title, description, fields, keep, submit, controls } = asking(dialog);
  return (
    <FormDialog title={title} description={description} onClose={onClose}>
      <fetcher.Form method="post" action="/api-tokens" className="mt-4">
        <HiddenFields fields={fields} />
        {controls}
        <Refusal className="mt-3">{state === "idle" && data && "refusal" in data && data.refusal}</Refusal>
        <DialogActions>
          <DialogClose asChild>
            <Button>{keep}</Button>
          </DialogClose>
          <Button type="submit" variant="primary" pending={state !== "idle"}>
            {submit}
          </Button>
        </DialogActions>
      </fetcher.Form>
    </FormDialog>
  );
}

type Asking = {
  title: string;
  description: ReactNode;
  fields: Record<string, string | number>;
  keep: string;
  submit: string;
  controls?: ReactNode;
};

function asking(dialog: OpenDialog): Asking {
  if (dialog.kind === "add") {
    return {
      title: "Add a token",
      description: "A program that asks the API shows it with each request. It is shown here once, then only its end.",
      fields: { intent: "add" },
      keep: "Cancel",
      submit: "Make token",
      controls: <TextInput name="client" label="Program" hint="Such as “image agent”." maxLength={60} isRequired />,
    };
  }
  const { client } = dialog;
  if (dialog.kind === "rotate") {
    return {
      title: `Replace the token of ${quote(client)}`,
      description: "The program gets a new token. The former one goes on for a while, so that no request is refused.",
      fields: { intent: "rotate", client },
      keep: "Keep token",
      submit: "Make new token",
      controls: (
        <Choice label="The former token ends" name="keptDays" defaultValue={KEPT_DAYS}>
          <option value={0}>At once (it was seen by others)</option>
          {[1, KEPT_DAYS, 30].map((days) => (
            <option key={days} value={days}>
              In {plural(days, "day")}
            </option>
          ))}
        </Choice>
      ),
    };
  }
  return {
    title: `Revoke the token of ${quote(client)} that ends in ${quote(dialog.ending ?? "")}`,
    description: (
      <>
        Requests with it are refused from now on. It was {dialog.usedAt ? "last" : "never"} used
        {dialog.usedAt && (
          <>
            {" "}
            <Time at={dialog.usedAt} />
          </>
        )}
        . A revoked token cannot be brought back; the program can be given a new one.
      </>
    ),
    fields: { intent: "revoke", tokenId: dialog.tokenId },
    keep: "Keep token",
    submit: "Revoke token",
  };
}

type MadeTokenProps = { client: string; token: string; formerEndsAt: Date | null; onClose(): void };

function MadeToken({ client, token, formerEndsAt, onClose }: MadeTokenProps) {
  return (
    <FormDialog
      title={`The new token of ${quote(client)}`}
      description={
        <>
          Copy it to the program now: it is not shown again.
          {formerEndsAt && (
            <>
              {" "}
              The former one ends <Time at={formerEndsAt} />.
            </>
          )}
        </>
      }
      onClose={onClose}
    >
      <div className="mt-4 flex items-start gap-1 rounded-md bg-sunken py-1 pr-1 pl-3">
        <code className="min-w-0 grow py-1.5 font-mono text-sm [overflow-wrap:anywhere]">{token}</code>
        <CopyButton text={token} label="Copy the token" />
      </div>
      <DialogActions>
        <DialogClose asChild>
          <Button variant="primary">I have copied it</Button>
        </DialogClose>
      </DialogActions>
    </FormDialog>
  );
}
