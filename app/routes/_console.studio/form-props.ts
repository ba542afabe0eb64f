import type { StudioForm } from "~/features/drawing/studio/studio-form";
import type { StudioImage } from "~/features/drawing/studio/studio-image.server";

/** What each part of the form is given. */
export type FormProps = { form: StudioForm; change(changes: Partial<StudioForm>): void };

/** The images that the form names, and how one more becomes known. */
export type KnownImages = { images: ReadonlyMap<number, StudioImage>; know(image: StudioImage): void };
