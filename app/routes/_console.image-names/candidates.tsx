import { Link } from "@remix-run/react";
import { KeyText } from "~/components/key-text";
import { Time } from "~/components/time";
import { Picture } from "~/components/ui/picture";
import { baseName } from "~/features/images/key-layout";
import type { Candidate } from "~/features/images/names/read-candidates.server";

const missingWords = ({ isGone, hasThumbnail }: Candidate) => {
  if (isGone) return "No longer in the bucket";
  return hasThumbnail ? undefined : "No thumbnail";
};

/** The images that a name can mean, each with what tells it from the others. */
export function Candidates({ images, pageOf }: { images: Candidate[]; pageOf: (id: number) => string }) {
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(300px,100%),1fr))] gap-3">
      {images.map((image) => (
        <li key={image.id}>
          <Link
            to={pageOf(image.id)}
            className="flex h-full gap-3 rounded-md border border-line bg-surface p-3 hover:border-line-strong hover:bg-hover"
          >
            <Picture
              imageId={image.id}
              etag={image.etag}
              missing={missingWords(image)}
              alt={baseName(image.key)}
              className="aspect-[3/4] w-18 shrink-0 self-start"
            />
            <span className="flex min-w-0 flex-col gap-1">
              <KeyText>{image.key}</KeyText>
              <span className="text-xs text-muted">{image.ownerName ?? "No owner"}</span>
              <span className="text-xs text-muted">
                Created <Time at={image.createdAt} />
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
