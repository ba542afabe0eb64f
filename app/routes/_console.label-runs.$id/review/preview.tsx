import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import { ImageView, Step } from "~/components/images/image-view";
import { SidePanel } from "~/components/ui/dialog";
import type { ImagePage } from "~/features/image-page/image-page";
import { baseName } from "~/features/images/key-layout";
import type { ReviewedProposal } from "~/features/labeling/review/review";
import { visible } from "~/quote";
import { Beside, type CardControl, Change, Stand } from "./proposal-card";

/** Someone writes, or chooses in what stands beside the picture. */
const isWriting = (target: EventTarget) =>
  target instanceof Element && target.matches("input, textarea, select, [role=menuitem]");

type PreviewProps = {
  proposal: ReviewedProposal | null;
  control: CardControl | null;
  onKey(key: string): void;
  step(by: 1 | -1): void;
  close(): void;
  /** Gives the focus back to the proposal's card. */
  onClosed(): boolean;
};

/** The image of a proposal as large as there is room, with all that is known of it; the same keys decide. */
export function Preview({ proposal, control, onKey, step, close, onClosed }: PreviewProps) {
  const { load, data } = useFetcher<() => { id: number; page: ImagePage | null }>();
  const imageId = proposal?.imageId ?? null;
  useEffect(() => {
    if (imageId !== null) load(`/images/${imageId}`);
  }, [load, imageId]);
  const page = data?.id === imageId ? data?.page : null;
  return (
    <SidePanel
      title={proposal ? `Image ${visible(baseName(proposal.key))}` : "Image"}
      open={proposal !== null}
      onOpenChange={(isOpen) => !isOpen && close()}
      onCloseFocus={onClosed}
      onKey={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
        if (event.key === " ") {
          event.preventDefault();
          return close();
        }
        onKey(event.key);
      }}
    >
      {proposal && control && (
        <div className="flex min-h-full flex-col gap-4 p-4 sm:p-6 sm:pt-4">
          <header className="flex flex-wrap items-start gap-x-6 gap-y-2 pr-10">
            <div className="min-w-40">
              <Change proposal={proposal} />
            </div>
            <div>
              <Beside proposal={proposal} />
            </div>
            <Stand proposal={proposal} control={control} />
          </header>
          {page ? (
            <ImageView
              page={page}
              steps={{
                previous: <Step direction="previous" to="?" onStep={() => step(-1)} />,
                next: <Step direction="next" to="?" onStep={() => step(1)} />,
              }}
            />
          ) : (
            <div aria-hidden className="min-h-96 rounded-md bg-sunken lg:mr-[376px]" />
          )}
        </div>
      )}
    </SidePanel>
  );
}
