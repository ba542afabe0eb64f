import { Link } from "@remix-run/react";
import { ChevronLeft, ChevronRight, Download, ExternalLink, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { imageActions } from "~/components/actions/image-actions";
import { useImageActions } from "~/components/actions/image-actions-provider";
import { Button } from "~/components/ui/forms/button";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import type { ImagePage } from "~/features/image-page/image-page";
import { pictureAddress } from "~/features/images/picture-address";
import { GenerationPanel } from "./generation-panel";
import { ImageFactList } from "./image-facts";
import { ImageHistory } from "./image-history";
import { ImageLabels } from "./image-labels";
import { LargePicture } from "./large-picture";

/** The way to the images beside one in its list; null where it ends. */
export type Steps = { previous: ReactNode; next: ReactNode };

/** One image with all that is known of it: the same on its page and beside a list. */
export function ImageView({ page, steps }: { page: ImagePage; steps: Steps | null }) {
  const { image, generation } = page;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_360px]">
      <div className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-16">
        <LargePicture key={`${image.id} ${image.etag}`} image={image}>
          {steps && (
            <div className="pointer-events-none absolute inset-x-2 inset-y-0 flex items-center justify-between">
              {steps.previous ?? <span />}
              {steps.next}
            </div>
          )}
          {image.goneAt === null && (
            <div className="absolute right-2 bottom-2">
              <PlateLink
                to={pictureAddress(image.id, "original", image.etag)}
                icon={image.isShownInPlace ? ExternalLink : Download}
              >
                {image.isShownInPlace ? "Open original" : "Download original"}
              </PlateLink>
            </div>
          )}
        </LargePicture>
        <Actions image={image} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        {image.goneAt && (
          <p className="rounded-md border border-line bg-surface px-4 py-2.5 text-sm">
            <Status tone="warn">No longer in the bucket</Status>
            <span className="mt-1 block">
              The last index run did not find its object. What is known of it stays here; the picture is gone.
            </span>
          </p>
        )}
        <Panel title="Image">
          <ImageFactList page={page} />
        </Panel>
        <ImageLabels key={image.id} page={page} />
        {generation && <GenerationPanel generation={generation} />}
        <Panel title="History" isPadded={false}>
          <ImageHistory page={page} />
        </Panel>
      </div>
    </div>
  );
}

/** What can be done with the image; each leads to its plan. */
function Actions({ image }: Pick<ImagePage, "image">) {
  const actions = useImageActions(imageActions, {
    selection: { ids: [image.id] },
    what: "this image",
    kinds: [image.kind],
  });
  if (actions.length === 0 || image.goneAt) return null;
  return (
    <section aria-label="Actions" className="flex flex-wrap gap-2">
      {actions
        .filter(({ refusal }) => refusal === null)
        .map(({ id, label, perform, icon: Icon }) => (
          <Button key={id} onClick={perform}>
            <Icon aria-hidden />
            {label}
          </Button>
        ))}
    </section>
  );
}

const plate =
  "pointer-events-auto inline-flex h-9 min-w-9 items-center justify-center gap-1.5 rounded-md bg-plate px-2 text-sm font-medium text-white hover:bg-black/85 max-sm:h-11 max-sm:min-w-11 [&_svg]:size-4";

/** A link over the picture, legible on bright and dark ones. */
function PlateLink({ to, icon: Icon, children }: { to: string; icon: LucideIcon; children: ReactNode }) {
  return (
    <a href={to} target="_blank" rel="noreferrer" className={plate}>
      <Icon aria-hidden />
      {children}
    </a>
  );
}

type StepProps = { direction: "previous" | "next"; to: string; onStep?: () => void };

/** The way to the image before or after; `onStep` takes it without leaving the page. */
export function Step({ direction, to, onStep }: StepProps) {
  const Icon = direction === "previous" ? ChevronLeft : ChevronRight;
  const label = direction === "previous" ? "Previous image" : "Next image";
  return (
    <Link
      to={to}
      aria-label={label}
      title={label}
      className={plate}
      onClick={(event) => {
        if (!onStep || event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        onStep();
      }}
    >
      <Icon aria-hidden />
    </Link>
  );
}
