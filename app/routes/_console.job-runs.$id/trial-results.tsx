import { Link } from "@remix-run/react";
import { Panel } from "~/components/ui/panel";
import { Picture } from "~/components/ui/picture";
import { Status } from "~/components/ui/status";
import { TextLink } from "~/components/ui/text-link";
import type { TrialPicture, TrialRow } from "~/features/drawing/trial/read-trial.server";
import { comparePath, generationPath } from "~/features/generations/generation-path";

/** What came of a trial: a row a generation, what the old reference gave beside what the new one gives. */
export function TrialResults({ rows }: { rows: TrialRow[] }) {
  return (
    <Panel title="Old reference and new reference">
      <ol className="flex flex-col gap-6">
        {rows.map(({ generation, prompt, ...pictures }, at) => (
          <li key={generation} className="flex min-w-0 flex-col gap-2">
            <p dir="auto" className="line-clamp-4 text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
              {prompt}
            </p>
            <div className="grid grid-cols-2 gap-3">
              <Side title="Old reference" of={at + 1} picture={pictures.old} />
              <Side title="New reference" of={at + 1} picture={pictures.new} />
            </div>
            <p className="flex flex-wrap gap-x-4 text-sm">
              <TextLink to={generationPath(generation)}>
                The generation itself<span className="sr-only">, {at + 1}</span>
              </TextLink>
              <Compare pictures={pictures} of={at + 1} />
            </p>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Side({ title, of, picture }: { title: string; of: number; picture: TrialPicture }) {
  return (
    <figure className="flex min-w-0 flex-col gap-1">
      <figcaption className="text-sm text-muted">{title}</figcaption>
      <Drawn name={`${title}, generation ${of}`} picture={picture} />
    </figure>
  );
}

function Drawn({ name, picture }: { name: string; picture: TrialPicture }) {
  if (picture.state === "drawn") {
    return (
      <Link to={`/images/${picture.id}`} className="block rounded-md">
        <Picture
          imageId={picture.id}
          etag={picture.etag}
          missing={picture.hasThumbnail ? undefined : "No thumbnail"}
          alt={name}
          className="aspect-[3/4]"
        />
      </Link>
    );
  }
  return (
    <div className="flex aspect-[3/4] flex-col gap-1 overflow-y-auto rounded-md border border-dashed border-line-strong bg-sunken p-3 text-sm">
      {picture.state === "open" && <span className="text-muted">Not drawn yet</span>}
      {picture.state === "gone" && <span className="text-muted">No longer there: it was undone, or moved</span>}
      {picture.state === "without" && (
        <>
          <Status tone={picture.isFailed ? "bad" : "warn"}>Not drawn</Status>
          <span className="[overflow-wrap:anywhere]">{picture.why}</span>
        </>
      )}
    </div>
  );
}

function Compare({ pictures, of }: { pictures: Pick<TrialRow, "old" | "new">; of: number }) {
  const records = [pictures.old, pictures.new].flatMap((picture) =>
    picture.state === "drawn" && picture.record !== null ? [picture.record] : [],
  );
  if (records.length < 2) return null;
  return (
    <TextLink to={comparePath(records)}>
      Compare both in full<span className="sr-only">, generation {of}</span>
    </TextLink>
  );
}
