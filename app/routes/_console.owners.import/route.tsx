import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { type ChangeEvent, useId, useState } from "react";
import { z } from "zod";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { Button, ButtonLink } from "~/components/ui/forms/button";
import { controlClass } from "~/components/ui/forms/field";
import { Refusal } from "~/components/ui/forms/in-place-form";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { bytes, count } from "~/features/format";
import { CSV_BYTES_AT_MOST, OWNERS_AT_MOST } from "~/features/owners/import/read-owner-csv.server";
import { startImport } from "~/features/owners/import/start-import.server";
import { answerInPlace } from "~/web/forms/answer-form.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Import owners") }];
export const handle: ConsoleHandle = {
  crumbs: () => [{ label: "Owners", to: "/owners" }, { label: "Import" }],
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "operator");
  return { mostOwners: OWNERS_AT_MOST, mostBytes: CSV_BYTES_AT_MOST };
}

/** Plans an import: the plan says what each line would change. */
export function action(args: ActionFunctionArgs) {
  const schema = z.object({ csv: z.string() });
  return answerInPlace(args, { role: "operator", schema }, async ({ form: { csv }, actor, ports }) =>
    redirect(`/job-runs/${(await startImport(ports, { csv, actor })).runId}`),
  );
}

export default function ImportOwners() {
  const { mostOwners, mostBytes } = useLoaderData<typeof loader>();
  const { Form, state, data } = useFetcher<{ refusal: string }>();
  const [csv, setCsv] = useState("");
  const id = useId();
  const refusal = state === "idle" ? data?.refusal : undefined;

  async function readFile({ target }: ChangeEvent<HTMLInputElement>) {
    const file = target.files?.[0];
    if (file) setCsv(await file.text());
  }
  return (
    <Page title="Import owners" width="reading">
      <Panel>
        <Form method="post" className="flex flex-col gap-5">
          <div className="flex flex-col gap-1">
            <label htmlFor={`${id}-file`} className="font-medium">
              File
            </label>
            <p id={`${id}-file-hint`} className="text-sm text-muted">
              A CSV file in UTF-8 with at most {count(mostOwners)} owners and {bytes(mostBytes)}. Its text appears
              below.
            </p>
            <input
              id={`${id}-file`}
              type="file"
              accept=".csv,.tsv,.txt,text/csv"
              onChange={readFile}
              aria-describedby={`${id}-file-hint`}
              className="text-sm file:mr-3 file:h-8 file:rounded-md file:border file:border-line-strong file:bg-surface file:px-3 file:text-sm file:font-medium file:text-ink max-sm:file:h-11"
            />
          </div>
          <div className="flex flex-col gap-1">
            <label htmlFor={`${id}-csv`} className="font-medium">
              Owners as CSV
            </label>
            <p id={`${id}-hint`} className="text-sm text-muted">
              The first line names the columns: <code className="font-mono text-xs">id,name,email</code>. Commas,
              semicolons and tabs all separate cells. An ID that is known gets the new name; an empty email leaves the
              one it has. No owner is removed.
            </p>
            <textarea
              id={`${id}-csv`}
              name="csv"
              value={csv}
              onChange={(event) => setCsv(event.target.value)}
              rows={12}
              required
              spellCheck={false}
              placeholder={"id,name,email\nu-1042,Mina Sato,mina@diffs.studio"}
              aria-describedby={`${id}-hint ${id}-refusal`}
              aria-invalid={refusal !== undefined || undefined}
              className={`${controlClass} h-auto py-2 font-mono text-sm max-sm:h-auto`}
            />
            <Refusal id={`${id}-refusal`}>{refusal}</Refusal>
          </div>
          <p className="text-sm text-muted">
            A plan comes first: you see which owners are new, renamed or left out, line by line, before anything
            changes.
          </p>
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" pending={state !== "idle"}>
              Plan the import
            </Button>
            <ButtonLink to="/owners" variant="quiet">
              Cancel
            </ButtonLink>
          </div>
        </Form>
      </Panel>
    </Page>
  );
}
