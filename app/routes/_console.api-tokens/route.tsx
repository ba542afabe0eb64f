import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { z } from "zod";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { Table } from "~/components/lists/table";
import { EmptyState } from "~/components/ui/empty-state";
import { Button } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { addApiToken } from "~/features/api-tokens/add-api-token.server";
import { readKeptDays } from "~/features/api-tokens/api-token";
import { listApiTokens } from "~/features/api-tokens/list-api-tokens.server";
import { revokeApiToken } from "~/features/api-tokens/revoke-api-token.server";
import { rotateApiToken } from "~/features/api-tokens/rotate-api-token.server";
import { DomainError } from "~/features/domain-error";
import { plural } from "~/features/format";
import { requireKnownFilters } from "~/features/require-known-filters";
import { answerInPlace } from "~/web/forms/answer-form.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { commandColumn, tokenColumns } from "./columns";
import { type OpenDialog, TokenDialog } from "./token-dialogs";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("API tokens") }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "API tokens" }] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "admin");
  requireKnownFilters(new URL(request.url).searchParams, { filters: [] });
  const hasEnvironmentToken = context.env.REFERENCE_TOKEN !== undefined;
  return { tokens: await listApiTokens(context.ports, { hasEnvironmentToken }) };
}

const schema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("add"), client: z.string() }),
  z.object({ intent: z.literal("rotate"), client: z.string(), keptDays: z.string() }),
  z.object({ intent: z.literal("revoke"), tokenId: z.coerce.number().int().positive() }),
]);

/** Makes a program's first or next token, and answers it this once; or ends a token. */
export function action(args: ActionFunctionArgs) {
  return answerInPlace(args, { role: "admin", schema }, async ({ form, actor, ports }) => {
    switch (form.intent) {
      case "add": {
        const { client, token } = await addApiToken(ports, { ...form, actor });
        return { client, token, formerEndsAt: null };
      }
      case "rotate": {
        const read = readKeptDays(form.keptDays);
        if ("complaint" in read) throw new DomainError("invalid", read.complaint);
        const { client, token, formerEndsAt } = await rotateApiToken(ports, { ...form, keptDays: read.days, actor });
        return { client, token, formerEndsAt };
      }
      case "revoke": {
        const { client } = await revokeApiToken(ports, { ...form, actor });
        return { client, token: null, formerEndsAt: null };
      }
    }
  });
}

export default function ApiTokens() {
  const { tokens } = useLoaderData<typeof loader>();
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const programs = new Set(tokens.filter(({ state }) => state !== "ended").map(({ client }) => client));
  const addButton = (
    <Button variant="primary" onClick={() => setDialog({ kind: "add" })}>
      Add token
    </Button>
  );
  return (
    <Page
      title="API tokens"
      meta={
        <span>{plural(programs.size, "program")} can ask the API. “Last used” is right to within five minutes.</span>
      }
      actions={tokens.length > 0 && addButton}
    >
      <Panel isPadded={false}>
        {tokens.length > 0 ? (
          <Table
            caption="API tokens"
            columns={[...tokenColumns, commandColumn(setDialog)]}
            rows={tokens}
            rowKey={({ id }) => id ?? "environment"}
          />
        ) : (
          <EmptyState icon={KeyRound} title="No program has a token yet" action={addButton}>
            <p>The image agent, and each script that asks the API, needs a token of its own. It is shown once.</p>
          </EmptyState>
        )}
      </Panel>
      {dialog && <TokenDialog dialog={dialog} onClose={() => setDialog(null)} />}
    </Page>
  );
}
