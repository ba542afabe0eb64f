import { type ReactNode, useId } from "react";
import { controlClass } from "./field";

type TextInputProps = {
  name: string;
  label: ReactNode;
  hint?: string;
  type?: "text" | "email";
  value?: string;
  /** Told what is typed. */
  onChange?(value: string): void;
  maxLength: number;
  isRequired?: boolean;
};

/** One line of text with its name and what it means, for a form that says in one sentence what it refuses. */
export function TextInput({
  name,
  label,
  hint,
  type = "text",
  value = "",
  onChange,
  maxLength,
  isRequired = false,
}: TextInputProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      <input
        id={id}
        name={name}
        type={type}
        defaultValue={value}
        onChange={(event) => onChange?.(event.target.value)}
        maxLength={maxLength}
        required={isRequired}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={hint && `${id}-hint`}
        className={controlClass}
      />
    </div>
  );
}
