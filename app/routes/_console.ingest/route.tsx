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
import { listUploads } from "~/features/ingest/uploads/list-uploads.server";
import { placeFields, placeOf } from "~/features/ingest/uploads/place-fields";
import { planImages } from "~/features/ingest/uploads/plan-images.server";
import { previewKeys } from "~/features/ingest/uploads/preview-keys.server";
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
import { isUnderWay, isUnfinished } from "./uploads/entries";
import { useUploads } from "./uploads/use-uploads";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Ingest images") }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "Ingest" }] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { id } = await requireOperator({ request, context }, "operator");
  requireKnownFilters(new URL(request.url).searchParams, { filters: [] });
  const [former, preview] = await Promise.all([
    listUploads(context.ports, id),
    previewKeys(context.ports, { owner: null, topic: null, role: { role: "supporting" }, images: 0 }),
  ]);
  return { former, preview };
}

const schema = z.object({
  uploads: jsonField(z.array(z.number().int().positive()).max(MOST_UPLOADS)),
  addresses: z.string(),
  ...placeFields,
});

/** Plans the ingest of what was uploaded and named: the plan says where each image will lie. */
export function action(args: ActionFunctionArgs) {
  return answerInPlace(args, { role: "operator", schema }, async ({ form, actor, ports, operatorId }) => {
    const { owner, ...place } = placeOf(form);
    if (owner === undefined) return { refusal: "Choose the owner from the list." };
    const { runId } = await planImages(ports, {
      ...{ operatorId, actor, uploadIds: form.uploads, addresses: readAddresses(form.addresses) },
      ...{ owner, ...place },
    });
    return redirect(`/job-runs/${runId}`);
  });
}

export default function IngestPage() {
  const { former, preview } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { revalidate } = useRevalidator();
  const isSending = useNavigation().formMethod === "POST";
  const { entries, add, take, pause, resume, remove } = useUploads();
  const [addresses, setAddresses] = useState("");
  const uploaded = entries.flatMap(({ id, state }) => (state.is === "uploaded" && id !== null ? [id] : []));
  const underWay = entries.filter(isUnderWay).length;
  const unfinished = entries.filter(isUnfinished).length;
  const images = uploaded.length + readAddresses(addresses).length;
  const others = former.filter((upload) => !entries.some(({ id }) => id === upload.id));
  const why = whyNotYet({ underWay, paused: unfinished - underWay, isBroken: findBroken(addresses).length > 0 });
  return (
    <Page title="Ingest images" width="reading" meta={<span>Brings images to keys that say what they are</span>}>
      {others.length > 0 && <FormerUploads uploads={others} onTake={take} />}
      <Panel>
        <Form method="post" className="flex flex-col gap-5">
          <DropZone onFiles={add} />
          {entries.length > 0 && (
            <FileList
              entries={entries}
              onPause={pause}
              onResume={resume}
              onRemove={(entry) => void remove(entry).then(revalidate)}
            />
          )}
          <input type="hidden" name="uploads" value={JSON.stringify(uploaded)} />
          <AddressBox value={addresses} onChange={setAddresses} />
          <PlaceFields images={images + unfinished} preview={preview} />
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

function whyNotYet({ underWay, paused, isBroken }: { underWay: number; paused: number; isBroken: boolean }) {
  if (underWay > 0) return `Waits for ${plural(underWay, "upload")}.`;
  if (paused > 0) return `${plural(paused, "upload")} paused. Resume or remove ${paused === 1 ? "it" : "them"} first.`;
  return isBroken ? "An address cannot be read." : null;
}
