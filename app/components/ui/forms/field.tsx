import { type FieldMetadata, getInputProps, getSelectProps, getTextareaProps } from "@conform-to/react";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "~/components/ui/cx";

const lookClass = "rounded-md border border-control bg-surface text-ink aria-invalid:border-bad max-sm:h-11";

/** How a text field or a select looks. */
export const controlClass = `h-9 w-full px-2.5 text-base ${lookClass}`;

/** How one looks in a row with buttons, as high as they are. */
export const rowControlClass = `h-8 px-2 text-sm max-sm:text-base ${lookClass}`;

type FieldProps = {
  field: FieldMetadata<string | number | undefined>;
  label: string;
  /** What it means, and its unit. */
  hint?: ReactNode;
};

/** A control with its name, what it means, and what is wrong with its value, tied together for assistive technology. */
function Field({ field, label, hint, children }: FieldProps & { children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={field.id} className="font-medium">
        {label}
      </label>
      {hint && (
        <p id={field.descriptionId} className="text-sm text-muted">
          {hint}
        </p>
      )}
      {children}
      <FieldError field={field} />
    </div>
  );
}

/** What is wrong with a control, or a group of them. */
export function FieldError({ field }: { field: Pick<FieldMetadata, "errors" | "errorId"> }) {
  if (!field.errors) return null;
  return (
    <p id={field.errorId} className="flex items-center gap-1.5 text-sm text-bad">
      <CircleAlert aria-hidden className="size-3.5 shrink-0" />
      {field.errors.join(" ")}
    </p>
  );
}

/** The ids of what explains a control. */
const explainedBy = (field: FieldProps["field"], hint: ReactNode) =>
  [hint && field.descriptionId, field.errors && field.errorId].filter(Boolean).join(" ") || undefined;

type TextFieldProps = FieldProps & {
  /** A whole number: digits, in a narrow field. */
  isNumber?: boolean;
};

/** One line of text. */
export function TextField({ field, label, hint, isNumber = false }: TextFieldProps) {
  const { key, ...input } = getInputProps(field, { type: "text" });
  return (
    <Field field={field} label={label} hint={hint}>
      <input
        key={key}
        {...input}
        inputMode={isNumber ? "numeric" : "text"}
        autoComplete="off"
        aria-describedby={explainedBy(field, hint)}
        className={cx(controlClass, isNumber ? "max-w-40 tabular-nums" : "max-w-80")}
      />
    </Field>
  );
}

/** A text of any length, which the field grows with by hand. */
export function LongTextField({ field, label, hint }: FieldProps) {
  const { key, ...textarea } = getTextareaProps(field);
  return (
    <Field field={field} label={label} hint={hint}>
      <textarea
        key={key}
        {...textarea}
        rows={14}
        aria-describedby={explainedBy(field, hint)}
        className="w-full rounded-md border border-control bg-surface p-2.5 text-base text-ink aria-invalid:border-bad"
      />
    </Field>
  );
}

/** An amount of US dollars. */
export function DollarField({ field, label, hint }: FieldProps) {
  const { key, ...input } = getInputProps(field, { type: "text" });
  return (
    <Field field={field} label={label} hint={hint}>
      <div className="relative w-40">
        <span aria-hidden className="absolute inset-y-0 left-2.5 grid place-items-center text-muted">
          $
        </span>
        <input
          key={key}
          {...input}
          inputMode="decimal"
          autoComplete="off"
          aria-describedby={explainedBy(field, hint)}
          className={`${controlClass} pl-6 tabular-nums`}
        />
      </div>
    </Field>
  );
}

export function SelectField({
  field,
  label,
  hint,
  options,
}: FieldProps & { options: { value: string; label: string }[] }) {
  const { key, ...select } = getSelectProps(field);
  return (
    <Field field={field} label={label} hint={hint}>
      <select key={key} {...select} aria-describedby={explainedBy(field, hint)} className={`${controlClass} max-w-120`}>
        {options.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </Field>
  );
}

type Choice = { value: string; label: string; hint: ReactNode };

/** One of a few choices, each explained. */
export function ChoiceField({ field, label, choices }: FieldProps & { choices: Choice[] }) {
  return (
    <fieldset className="flex flex-col gap-2" aria-describedby={field.errors ? field.errorId : undefined}>
      <legend className="mb-1 font-medium">{label}</legend>
      {choices.map((choice) => (
        <label
          key={choice.value}
          className="flex cursor-pointer items-start gap-3 rounded-md border border-line p-3 has-checked:border-accent has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={field.name}
            form={field.formId}
            value={choice.value}
            defaultChecked={field.initialValue === choice.value}
            className="mt-0.5 size-4 shrink-0 accent-accent-fill outline-none"
          />
          <span>
            <span className="block font-medium">{choice.label}</span>
            <span className="block text-sm text-muted">{choice.hint}</span>
          </span>
        </label>
      ))}
      <FieldError field={field} />
    </fieldset>
  );
}
