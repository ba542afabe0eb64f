import { Link } from "@remix-run/react";
import { KeyName } from "~/components/key-text";
import { Panel } from "~/components/ui/panel";
import { Picture } from "~/components/ui/picture";
import type { DrawnPicture } from "~/features/drawing/read-drawn-pictures.server";
import { baseName } from "~/features/images/key-layout";
import { quoteKey } from "~/quote";

/** The pictures that a run has drawn so far. */
export function DrawnPictures({ pictures }: { pictures: DrawnPicture[] }) {
  return (
    <Panel title="Drawn">
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {pictures.map(({ id, key, etag, hasThumbnail }) => (
          <li key={id} className="min-w-0">
            <Link to={`/images/${id}`} className="block rounded-md">
              <Picture
                imageId={id}
                etag={etag}
                missing={hasThumbnail ? undefined : "No thumbnail"}
                alt={quoteKey(key)}
                className="aspect-[3/4]"
              />
              <span className="mt-1 block truncate text-xs">
                <KeyName>{baseName(key)}</KeyName>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
