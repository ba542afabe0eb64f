import { useRevalidator } from "@remix-run/react";
import { useState } from "react";
import { Button } from "~/components/ui/forms/button";
import { Refusal } from "~/components/ui/forms/in-place-form";
import { Panel } from "~/components/ui/panel";
import { bytes } from "~/features/format";
import type { WaitingUpload } from "~/features/ingest/uploads/list-uploads.server";
import { visible } from "~/quote";
import { askUploads } from "./uploads/ask-uploads";

type FormerUploadsProps = { uploads: WaitingUpload[]; onTake(upload: WaitingUpload): void };

/** What was begun at a former visit, or sent and never planned. */
export function FormerUploads({ uploads, onTake }: FormerUploadsProps) {
  const { revalidate } = useRevalidator();
  const [refusal, setRefusal] = useState<string | null>(null);
  const discard = ({ id }: WaitingUpload) =>
    askUploads("discard", { id }).then(
      () => {
        setRefusal(null);
        revalidate();
      },
      (error: Error) => setRefusal(error.message),
    );
  return (
    <Panel title="From former visits">
      <ul className="flex flex-col divide-y divide-line">
        {uploads.map((upload) => (
          <li key={upload.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2">
            <p className="min-w-0 [overflow-wrap:anywhere]">
              {visible(upload.name)}
              <span className="text-muted">, {explain(upload)}</span>
            </p>
            <div className="flex gap-2">
              {upload.isWhole && (
                <Button onClick={() => onTake(upload)} aria-label={`Add ${visible(upload.name)}`}>
                  Add
                </Button>
              )}
              <Button variant="quiet" onClick={() => discard(upload)} aria-label={`Discard ${visible(upload.name)}`}>
                Discard
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <Refusal className="mt-2">{refusal}</Refusal>
    </Panel>
  );
}

function explain({ bytes: all, thereBytes, isWhole }: WaitingUpload): string {
  if (isWhole) return `${bytes(all)}, is there whole. Add it to this plan, or discard it.`;
  const there = thereBytes === null ? `some of ${bytes(all)} may be` : `${bytes(thereBytes)} of ${bytes(all)} are`;
  return `${there} there. Choose the file again to go on, or discard it.`;
}
