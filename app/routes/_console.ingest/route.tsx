import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation, useRevalidator } from "@remix-run/react";
import { useState } from "react";
import { z } from "zod";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { Button, ButtonLink } from "~/components/ui/forms/button";
import { Refusal } from "~/components/ui/forms/in-place-form";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { plural } from "~/features/format";
import { roleFields } from "~/features/ingest/keys/ingest-role";
import { listUploads } from "~/features/ingest/uploads/list-uploads.server";
import { planImages } from "~/features/ingest/uploads/plan-images.server";
import { MOST_UPLOADS } from "~/features/ingest/uploads/upload-file";
import { requireKnownFilters } from "~/features/require-known-filters";
import { answerInPlace } from "~/web/forms/answer-form.server";
import { jsonField } from "~/web/forms/json-field";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { AddressBox } from "./address-box";
import { findBroken, readAddresses } from "./addresses";
import { DropZone } from "./drop-zone";
import { FileList } from "./file-list";
import { FormerUploads } from "./former-uploads";
import { PlaceFields } from "./place-fields";
import { isUnderWay, useUploads } from "./uploads/use-uploads";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Ingest images") }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "Ingest" }] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { id } = await requireOperator({ request, context }, "operator");
  requireKnownFilters(new URL(request.url).searchParams, { filters: [] });
  return { former: await listUploads(context.ports, id) };
}

const given = z
  .string()
  .transform((text) => text.trim() || undefined)
  .optional();

const schema = z.object({
  uploads: jsonField(z.array(z.number().int().positive()).max(MOST_UPLOADS)),
  addresses: z.string(),
  hasOwner: z.enum(["yes", "no"]),
  owner: given,
  topic: given,
  role: roleFields.role,
  model: given,
  platform: given,
  isOg: z.literal("yes").optional(),
  name: given,
});

/** Plans the ingest of what was uploaded and named: the plan says where each image will lie. */
export function action(args: ActionFunctionArgs) {
  return answerInPlace(args, { role: "operator", schema }, async ({ form, actor, ports, operatorId }) => {
    const { uploads, addresses, hasOwner, owner, topic, role, model, platform, isOg, name } = form;
    if (hasOwner === "yes" && owner === undefined) return { refusal: "Choose the owner from the list." };
    const { runId } = await planImages(ports, {
      ...{ operatorId, actor, uploadIds: uploads, addresses: readAddresses(addresses) },
      owner: hasOwner === "yes" ? (owner ?? null) : null,
      topic: topic ?? null,
      role: { role, model, platform, name: isOg === "yes" ? "og" : name },
    });
    return redirect(`/job-runs/${runId}`);
  });
}

export default function IngestPage() {
  const { former } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { revalidate } = useRevalidator();
  const isSending = useNavigation().formMethod === "POST";
  const { entries, add, take, retry, remove } = useUploads();
  const [addresses, setAddresses] = useState("");
  const uploaded = entries.flatMap(({ id, state }) => (state.is === "uploaded" && id !== null ? [id] : []));
  const underWay = entries.filter(isUnderWay).length;
  const images = uploaded.length + readAddresses(addresses).length;
  const others = former.filter((upload) => !entries.some(({ id }) => id === upload.id));
  const why = whyNotYet({ underWay, isBroken: findBroken(addresses).length > 0 });
  return (
    <Page title="Ingest images" width="reading" meta={<span>Brings images to keys that say what they are</span>}>
      {others.length > 0 && <FormerUploads uploads={others} onTake={take} />}
      <Panel>
        <Form method="post" className="flex flex-col gap-5">
          <DropZone onFiles={add} />
          {entries.length > 0 && (
            <FileList
              entries={entries}
              onRetry={({ key }) => retry(key)}
              onRemove={(entry) => void remove(entry).then(revalidate)}
            />
          )}
          <input type="hidden" name="uploads" value={JSON.stringify(uploaded)} />
          <AddressBox value={addresses} onChange={setAddresses} />
          <PlaceFields />
          <p className="text-sm text-muted">
            A plan comes first: you see where each image will lie before anything changes. The same image is stored once
            for each owner, and what is ingested can be undone.
          </p>
          <Refusal>{!isSending && answer && "refusal" in answer && answer.refusal}</Refusal>
          <div className="flex flex-wrap items-center gap-2">
            <Button
              type="submit"
              variant="primary"
              pending={isSending}
              aria-disabled={isSending || why !== null || undefined}
              onClick={(event) => (isSending || why !== null) && event.preventDefault()}
            >
              {images === 0 ? "Plan the ingest" : `Plan ${plural(images, "image")}`}
            </Button>
            <ButtonLink to="/images" variant="quiet">
              Cancel
            </ButtonLink>
            {why && <p className="text-sm text-muted">{why}</p>}
          </div>
        </Form>
      </Panel>
    </Page>
  );
}

function whyNotYet({ underWay, isBroken }: { underWay: number; isBroken: boolean }): string | null {
  if (underWay > 0) return `Waits for ${plural(underWay, "upload")}.`;
  return isBroken ? "An address cannot be read." : null;
}
