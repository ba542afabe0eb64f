import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useLocation } from "@remix-run/react";
import { useEffect, useState } from "react";
import { z } from "zod";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { Table } from "~/components/lists/table";
import { Button } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { plural } from "~/features/format";
import { addOperator } from "~/features/operators/add-operator.server";
import { allowListsOf } from "~/features/operators/allow-lists-of.server";
import { changeRole } from "~/features/operators/change-role.server";
import { endSessions } from "~/features/operators/end-sessions.server";
import { listOperators } from "~/features/operators/list-operators.server";
import { releaseAccount } from "~/features/operators/release-account.server";
import { removeOperator } from "~/features/operators/remove-operator.server";
import { roles } from "~/features/operators/role";
import { requireKnownFilters } from "~/features/require-known-filters";
import { quote } from "~/quote";
import { redirectWithFlash } from "~/web/flash.server";
import { answerInPlace } from "~/web/forms/answer-form.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { commandColumn, operatorColumns } from "./columns";
import { type OpenDialog, OperatorDialog } from "./operator-dialogs";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Operators") }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "Operators" }] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { id } = await requireOperator({ request, context }, "admin");
  requireKnownFilters(new URL(request.url).searchParams, { filters: [] });
  const operators = await listOperators(context.ports, allowListsOf(context.env));
  return { operators: operators.map((operator) => ({ ...operator, isSelf: operator.id === id })) };
}

const operatorId = z.coerce.number().int().positive();
const role = z.enum(roles);
const schema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("add"), email: z.string(), role }),
  z.object({ intent: z.literal("change-role"), operatorId, role }),
  z.object({ intent: z.enum(["remove", "release", "end-sessions"]), operatorId }),
]);

/** Adds an operator, changes a role, or takes access away; who does that to themselves is led away from here. */
export function action(args: ActionFunctionArgs) {
  return answerInPlace(args, { role: "admin", schema }, async ({ form, actor, ports, operatorId: self }) => {
    const lists = allowListsOf(args.context.env);
    const isSelf = form.intent !== "add" && form.operatorId === self;
    const done = (text: string, elsewhere = "/operators") =>
      redirectWithFlash(
        args.context,
        isSelf ? elsewhere : "/operators",
        { tone: "good", text },
        isSelf && elsewhere === "/login" ? { channel: "sign-in" } : {},
      );
    switch (form.intent) {
      case "add": {
        const { email } = await addOperator(ports, lists, { ...form, actor });
        return done(`${email} can sign in as ${quote(form.role)}.`);
      }
      case "change-role": {
        const { email } = await changeRole(ports, lists, { ...form, actor });
        return done(`The role of ${email} is ${quote(form.role)}.`, "/");
      }
      case "remove": {
        const { email } = await removeOperator(ports, lists, { ...form, actor });
        return done(`${email} was removed.`, "/login");
      }
      case "release": {
        const { email } = await releaseAccount(ports, { ...form, actor });
        return done(`The Google account of ${email} was released.`, "/login");
      }
      case "end-sessions": {
        const { email, ended } = await endSessions(ports, { ...form, actor });
        return done(`${email} was signed out of ${plural(ended, "browser")}.`, "/login");
      }
    }
  });
}

export default function Operators() {
  const { operators } = useLoaderData<typeof loader>();
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const { key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the dialog asked for was done, and led here
  useEffect(() => setDialog(null), [key]);
  const present = operators.filter(({ state }) => state !== "removed");
  const canSignIn = present.filter(({ state }) => state !== "off-lists").length;
  return (
    <Page
      title="Operators"
      meta={
        <span>
          {plural(canSignIn, "person", "people")} can sign in. Three lists of the environment let people in, and admins
          add others here.
        </span>
      }
      actions={
        <Button variant="primary" onClick={() => setDialog({ kind: "add" })}>
          Add operator
        </Button>
      }
    >
      <Panel isPadded={false}>
        <Table
          caption="Operators"
          columns={[...operatorColumns, commandColumn(setDialog)]}
          rows={operators}
          rowKey={({ id }) => id}
        />
      </Panel>
      {dialog && <OperatorDialog dialog={dialog} onClose={() => setDialog(null)} />}
    </Page>
  );
}
