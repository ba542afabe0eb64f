import { useId, useState } from "react";
import { FormDialog } from "~/components/ui/dialog";
import { Choice } from "~/components/ui/forms/choice";
import { controlClass } from "~/components/ui/forms/field";
import {
  type ConversionFormat,
  conversionFormats,
  DEFAULT_QUALITY,
  formatNames,
} from "~/features/conversion/conversion-format";
import type { ActionTarget } from "./image-action";
import { PlanForm } from "./plan-form";

/** Asks into which format images are to be put, and how well. */
export function ConvertDialog({ target, onClose }: { target: ActionTarget; onClose(): void }) {
  const [format, setFormat] = useState<ConversionFormat>("webp");
  const quality = useId();
  return (
    <FormDialog
      title={`Convert ${target.what}`}
      description="The originals are kept until you remove them. You see the plan first, with what it would save."
      onClose={onClose}
    >
      <PlanForm intent="convert-images" target={target} keep="Keep formats" submit="Plan the conversion">
        <div className="flex flex-col gap-3">
          <Choice
            label="Format"
            name="format"
            value={format}
            onChange={(event) => setFormat(conversionFormats.find((name) => name === event.target.value) ?? "webp")}
          >
            {conversionFormats.map((name) => (
              <option key={name} value={name}>
                {formatNames[name]}
              </option>
            ))}
          </Choice>
          <div className="flex flex-col gap-1">
            <label htmlFor={quality} className="text-sm font-medium">
              Quality, from 1 to 100
            </label>
            <input
              key={format}
              id={quality}
              name="quality"
              type="number"
              min={1}
              max={100}
              required
              defaultValue={DEFAULT_QUALITY[format]}
              className={`${controlClass} max-w-40 tabular-nums`}
            />
            <p className="text-sm text-muted">
              {DEFAULT_QUALITY[format]} looks about like a JPEG of quality 80. The same number means something else in
              each format.
            </p>
          </div>
        </div>
      </PlanForm>
    </FormDialog>
  );
}
