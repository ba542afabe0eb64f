import { useEffect, useId, useState } from "react";
import { controlClass } from "~/components/ui/forms/field";
import { Refusal } from "~/components/ui/forms/in-place-form";
import { findBroken } from "./addresses";

/** Nobody is told off for an address that is half typed. */
const PAUSE_MS = 500;

/** Takes addresses, one a line, and says which cannot be read. */
export function AddressBox({ value, onChange }: { value: string; onChange(value: string): void }) {
  // Not when the field is left: what is pressed at that moment would move away from under the pointer.
  const [settled, setSettled] = useState(value);
  const id = useId();
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  const broken = settled === value ? findBroken(value) : [];
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
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
