import { KeyText } from "~/components/key-text";
import { Panel } from "~/components/ui/panel";
import { Picture } from "~/components/ui/picture";
import type { TrialPreview } from "~/features/drawing/trial/preview-trial.server";

/** The reference of now, and the one that the plan puts in its place. */
export const TwoReferences = ({ old, new: incoming }: Pick<TrialPreview, "old" | "new">) => (
  <Panel title="References">
    <div className="grid max-w-120 grid-cols-2 gap-3">
      <Reference title="Old reference" image={old} />
      <Reference title="New reference" image={incoming} />
    </div>
  </Panel>
);

const Reference = ({ title, image: { imageId, etag, key } }: { title: string; image: TrialPreview["old"] }) => (
  <figure className="flex min-w-0 flex-col gap-1">
    <figcaption className="text-sm text-muted">{title}</figcaption>
    <Picture
      imageId={imageId}
      etag={etag}
      alt={title}
      missing={imageId === null ? "Not indexed" : undefined}
      notFound="No thumbnail"
      className="aspect-[3/4]"
    />
    <span className="text-xs [overflow-wrap:anywhere]">
      <KeyText>{key}</KeyText>
    </span>
  </figure>
);
