import { Check, Info, RefreshCw, Trash2 } from "lucide-react";
import { Menu, MenuItem, MenuSeparator } from "~/components/ui/forms/menu";
import { attributeWords } from "~/features/attribute-words";
import type { LabelEdits } from "./use-label-edits";

type LabelMenuProps = {
  judgement: {
    attribute: string;
    values: readonly string[];
    label?: { value: string; rev: number; isStale: boolean } | undefined;
  };
  /** Null: it can only be looked at. */
  edits: LabelEdits | null;
  /** Where it comes from is asked. */
  onAsk(): void;
};

const buttonClass =
  "-mx-1 inline-flex items-center rounded px-1 text-left underline decoration-line-strong decoration-dotted underline-offset-3 hover:bg-hover max-sm:min-h-11";

/** An attribute's label, behind which its values, its end and where it comes from are. */
export function LabelMenu({ judgement: { attribute, values, label }, edits, onAsk }: LabelMenuProps) {
  const words = attributeWords(attribute);
  const rev = label?.rev ?? null;
  if (!edits) {
    if (!label) return <span className="text-muted">–</span>;
    return (
      <button
        type="button"
        data-label
        className={buttonClass}
        aria-label={`${words}: ${label.value}, where it comes from`}
        onClick={onAsk}
      >
        {label.value}
      </button>
    );
  }
  return (
    <Menu
      trigger={
        <button
          type="button"
          data-label
          className={buttonClass}
          aria-label={label ? `${words}: ${label.value}` : `${words}: set a label`}
        >
          {label?.value ?? <span className="text-muted">set</span>}
        </button>
      }
    >
      {values.map((value) => (
        <MenuItem key={value} onSelect={() => edits.set(attribute, value, rev)}>
          {value}
          {value === label?.value && <Check aria-label="as now" className="ml-auto" />}
        </MenuItem>
      ))}
      {label && values.length > 0 && <MenuSeparator />}
      {label?.isStale && values.includes(label.value) && (
        <MenuItem onSelect={() => edits.set(attribute, label.value, rev)}>
          <RefreshCw aria-hidden />
          Confirm for the present picture
        </MenuItem>
      )}
      {label && (
        <MenuItem onSelect={() => edits.remove(attribute, rev)}>
          <Trash2 aria-hidden />
          Remove label
        </MenuItem>
      )}
      <MenuItem onSelect={onAsk}>
        <Info aria-hidden />
        History and origin…
      </MenuItem>
    </Menu>
  );
}
