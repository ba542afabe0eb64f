import { ImageOff } from "lucide-react";
import { usePicture } from "~/components/ui/use-picture";
import type { RecordedGeneration } from "~/features/generations/history/recorded-generation";
import { pictureAddress } from "~/features/images/picture-address";
import { visible } from "~/quote";

type GenerationPictureProps = {
  generation: Pick<RecordedGeneration, "id" | "image" | "told" | "whyNotFound">;
  className?: string;
};

/** What was drawn, as large as there is room; its page is behind it. Where there is none, why. */
export function GenerationPicture({ generation }: GenerationPictureProps) {
  const { id, image, told, whyNotFound } = generation;
  if (image && !image.isGone && image.unreadable === null) {
    return (
      <a href={`/images/${image.id}`} className="block overflow-hidden rounded-md bg-sunken">
        <Original
          key={image.id}
          address={pictureAddress(image.id, "original", image.etag)}
          alt={`Picture of ${visible(id)}`}
        />
      </a>
    );
  }
  return <Nothing words={whyNothing({ image, told, whyNotFound })} />;
}

function Original({ address, alt }: { address: string; alt: string }) {
  const { hasFailed, ...image } = usePicture(address);
  if (hasFailed) return <Nothing words="The picture cannot be loaded." />;
  return (
    <img {...image} alt={alt} decoding="async" className="mx-auto max-h-[min(70dvh,900px)] min-h-48 object-contain" />
  );
}

function whyNothing({ image, told, whyNotFound }: Pick<RecordedGeneration, "image" | "told" | "whyNotFound">): string {
  if (image?.isGone) return "The picture is no longer in the bucket.";
  if (image?.unreadable) return `The picture cannot be read: ${image.unreadable}`;
  return told === null ? "Nothing was drawn." : (whyNotFound ?? "The picture was not found.");
}

const Nothing = ({ words }: { words: string }) => (
  <p className="flex min-h-48 flex-col items-center justify-center gap-2 rounded-md bg-sunken p-4 text-center text-sm text-muted [overflow-wrap:anywhere]">
    <ImageOff aria-hidden className="size-6" />
    {words}
  </p>
);
