import { useId, useState } from "react";
import { controlClass } from "~/components/ui/forms/field";
import { Refusal } from "~/components/ui/forms/in-place-form";
import { findBroken } from "./addresses";

/** Takes addresses, one a line, and says which cannot be read. */
export function AddressBox({ value, onChange }: { value: string; onChange(value: string): void }) {
  const [isLeft, setLeft] = useState(false);
  const id = useId();
  const broken = isLeft ? findBroken(value) : [];
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        Addresses
      </label>
      <p id={`${id}-hint`} className="text-sm text-muted">
        One a line, https:// or http://. They are fetched when the plan is applied.
      </p>
      <textarea
        id={id}
        name="addresses"
        rows={4}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onFocus={() => setLeft(false)}
        onBlur={() => setLeft(true)}
        spellCheck={false}
        placeholder="https://cdn.example.com/cat.png"
        aria-describedby={`${id}-hint ${id}-broken`}
        aria-invalid={broken.length > 0 || undefined}
        className={`${controlClass} h-auto py-2 font-mono text-sm max-sm:h-auto`}
      />
      <Refusal id={`${id}-broken`}>{broken.length > 0 && broken.join(" ")}</Refusal>
    </div>
  );
}
