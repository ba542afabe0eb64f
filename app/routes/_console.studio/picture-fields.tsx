import { OwnerCombobox } from "~/components/owners/owner-combobox";
import { Choice } from "~/components/ui/forms/choice";
import { MOST_PICTURES } from "~/features/drawing/draw-request";
import type { StudioModel, StudioView } from "~/features/drawing/studio/read-studio.server";
import type { FormProps } from "./form-props";

type PictureFieldsProps = FormProps & Pick<StudioView, "models" | "owner">;

/** Who draws, how large, in which shape, how many, and whose the pictures are. */
export function PictureFields({ form, change, models, owner }: PictureFieldsProps) {
  const model = models.find(({ name }) => name === form.model);
  const takeModel = (name: string) =>
    change({
      model: name,
      ...fitting(
        form,
        models.find((one) => one.name === name),
      ),
    });
  return (
    <fieldset className="min-w-0">
      <legend className="font-medium">Picture</legend>
      <div className="mt-1.5 grid gap-3 sm:grid-cols-2">
        <Choice
          label="Model"
          value={form.model}
          onChange={({ target }) => takeModel(target.value)}
          className="sm:col-span-2"
        >
          {!model && <option>{form.model}</option>}
          {models.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </Choice>
        <Choice label="Size" value={form.size} onChange={({ target }) => change({ size: target.value })}>
          {[...new Set([...(model?.sizes ?? []), form.size])].map((size) => (
            <option key={size}>{size}</option>
          ))}
        </Choice>
        <Choice
          label="Aspect ratio"
          value={form.aspectRatio ?? ""}
          onChange={({ target }) => change({ aspectRatio: target.value || null })}
        >
          <option value="">{form.base === "none" ? "As the model likes" : "As the base is"}</option>
          {[...new Set([...(model?.aspectRatios ?? []), ...(form.aspectRatio === null ? [] : [form.aspectRatio])])].map(
            (ratio) => (
              <option key={ratio}>{ratio}</option>
            ),
          )}
        </Choice>
        <Choice
          label="Number"
          value={String(form.count)}
          onChange={({ target }) => change({ count: Number(target.value) })}
        >
          {Array.from({ length: MOST_PICTURES }, (_, at) => at + 1).map((number) => (
            <option key={number}>{number}</option>
          ))}
        </Choice>
        <OwnerCombobox
          label="Owner"
          name="owner"
          isOptional
          start={owner}
          onChange={(ownerId) => change({ ownerId })}
        />
      </div>
    </fieldset>
  );
}

/** Another model may not draw the size or shape that was chosen. */
function fitting({ size, aspectRatio }: FormProps["form"], model: StudioModel | undefined): Partial<FormProps["form"]> {
  if (!model) return {};
  return {
    size: model.sizes.includes(size) ? size : (model.sizes[0] ?? size),
    aspectRatio: aspectRatio !== null && model.aspectRatios.includes(aspectRatio) ? aspectRatio : null,
  };
}
