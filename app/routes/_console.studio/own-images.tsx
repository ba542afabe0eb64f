import { ChevronLeft, ChevronRight, ImagePlus, X } from "lucide-react";
import { useRef, useState } from "react";
import { ImagePicker } from "~/components/images/image-picker";
import { Button, IconButton } from "~/components/ui/forms/button";
import { Refusal } from "~/components/ui/forms/in-place-form";
import { Picture } from "~/components/ui/picture";
import type { StudioImage } from "~/features/drawing/studio/studio-image.server";
import { nameWithFolder } from "~/features/images/key-layout";
import type { FormProps, KnownImages } from "./form-props";
import { sendOwnImage } from "./send-own-image";

/** As many as the model that is shown the most takes. */
const MOST = 14;
const byLikeness = { address: "/studio-images", isByLikeness: true, kind: "" };

/** The operator's own images, which are sent before the references: chosen from the library or brought along. */
export function OwnImages({ form, change, images, know }: FormProps & KnownImages) {
  const [isPicking, setPicking] = useState(false);
  const chosen = form.images.flatMap((id) => images.get(id) ?? []);
  const put = (ids: number[]) => change({ images: ids });
  const toggle = (image: StudioImage) => {
    know(image);
    const { imageId } = image;
    put(form.images.includes(imageId) ? form.images.filter((id) => id !== imageId) : [...form.images, imageId]);
  };
  const { isPending, problem, take, input } = useUpload((image) => {
    know(image);
    if (!form.images.includes(image.imageId)) put([...form.images, image.imageId]);
  });
  const isFull = form.images.length >= MOST;
  return (
    <fieldset className="min-w-0">
      <legend className="font-medium">Your images</legend>
      <p className="text-sm text-muted">Sent first, in this order. Each costs its tokens with every picture.</p>
      <ol className="mt-2 grid grid-cols-[repeat(auto-fill,minmax(116px,1fr))] gap-3 empty:hidden">
        {chosen.map((image, place) => (
          <OwnCard
            key={image.imageId}
            image={image}
            place={place}
            isLast={place === chosen.length - 1}
            onMove={(to) => put(moved(form.images, place, to))}
            onRemove={() => put(form.images.filter((id) => id !== image.imageId))}
          />
        ))}
      </ol>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Button onClick={() => setPicking(true)}>Choose images</Button>
        <Button pending={isPending} disabled={isFull} onClick={() => input.current?.click()}>
          {!isPending && <ImagePlus aria-hidden />}
          Add a picture
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept="image/*"
          aria-label="Picture to add"
          onChange={({ target }) => {
            take(target.files?.[0]);
            // So that the same file can be chosen once more.
            target.value = "";
          }}
        />
      </div>
      <Refusal className="mt-2">{problem}</Refusal>
      {isPicking && (
        <ImagePicker<StudioImage>
          title="Choose your images"
          source={byLikeness}
          picked={chosen.map(({ key }) => key)}
          isFull={isFull}
          onPick={toggle}
          onClose={() => setPicking(false)}
        />
      )}
    </fieldset>
  );
}

const moved = (ids: number[], from: number, to: number) =>
  ids.toSpliced(from, 1).toSpliced(to, 0, ...ids.slice(from, from + 1));

type OwnCardProps = { image: StudioImage; place: number; isLast: boolean; onMove(to: number): void; onRemove(): void };

function OwnCard({ image, place, isLast, onMove, onRemove }: OwnCardProps) {
  const { imageId, etag, key, problem, hasThumbnail } = image;
  const name = nameWithFolder(key);
  return (
    <li className="min-w-0 rounded-md border border-line">
      <Picture
        imageId={imageId}
        etag={etag}
        missing={problem ?? (hasThumbnail ? undefined : "No thumbnail")}
        alt={`Image ${place + 1}: ${name}`}
        className="aspect-[3/4] rounded-b-none"
      />
      <p className="truncate px-2 pt-1 text-xs" title={key}>
        {name}
      </p>
      <div className="flex justify-between">
        <IconButton label={`Send ${name} earlier`} disabled={place === 0} onClick={() => onMove(place - 1)}>
          <ChevronLeft aria-hidden />
        </IconButton>
        <IconButton label={`Remove ${name}`} onClick={onRemove}>
          <X aria-hidden />
        </IconButton>
        <IconButton label={`Send ${name} later`} disabled={isLast} onClick={() => onMove(place + 1)}>
          <ChevronRight aria-hidden />
        </IconButton>
      </div>
    </li>
  );
}

function useUpload(onDone: (image: StudioImage) => void) {
  const input = useRef<HTMLInputElement>(null);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function take(file: File | undefined) {
    if (!file || isPending) return;
    setPending(true);
    setProblem(null);
    try {
      onDone(await sendOwnImage(file));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "The picture could not be read. Choose it again.");
    } finally {
      setPending(false);
    }
  }
  return { input, isPending, problem, take };
}
