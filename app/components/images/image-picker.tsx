import { useFetcher } from "@remix-run/react";
import { Check } from "lucide-react";
import { useEffect, useState } from "react";
import { cx } from "~/components/ui/cx";
import { DialogActions, DialogClose, FormDialog } from "~/components/ui/dialog";
import { Button } from "~/components/ui/forms/button";
import { rowControlClass } from "~/components/ui/forms/field";
import { useListbox } from "~/components/ui/forms/use-listbox";
import { Chip, Picture } from "~/components/ui/picture";
import { plural } from "~/features/format";
import { nameWithFolder } from "~/features/images/key-layout";

/** An image that is offered, whatever else is known of it. */
type Offered = { imageId: number; key: string; etag: string; problem: string | null; hasThumbnail: boolean };

type ImagePickerProps<Option extends Offered> = {
  title: string;
  /** Keys of those that are picked. */
  picked: string[];
  /** No more can be picked. */
  isFull: boolean;
  /** Told which one was pressed: one that is picked is put back. */
  onPick(option: Option): void;
  onClose(): void;
};

/** A list of which several can be chosen. */
const several = { "aria-label": "Images", "aria-multiselectable": true };

/** Letters that are typed quickly are asked about once. */
const PAUSE_MS = 150;

/** Picks images of the library by searching: arrow keys move, Enter picks or puts back, Escape is done. */
export function ImagePicker<Option extends Offered>({
  title,
  picked,
  isFull,
  onPick,
  onClose,
}: ImagePickerProps<Option>) {
  const { load, data, state } = useFetcher<{ options: Option[]; isCut: boolean }>();
  const [text, setText] = useState("");
  const [kind, setKind] = useState("reference");
  const options = data?.options ?? [];
  const canPick = (option: Option) => option.problem === null && (!isFull || picked.includes(option.key));
  const listbox = useListbox(options.length, (index) => {
    const option = options[index];
    if (option && canPick(option)) onPick(option);
  });
  useEffect(() => {
    const asked = new URLSearchParams({ ...(text.trim() !== "" && { text }), ...(kind !== "" && { kind }) });
    const timer = setTimeout(() => load(`/shot-options?${asked}`), text === "" ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, kind, load]);
  return (
    <FormDialog
      isWide
      title={title}
      description="Search by words of keys and prompts. Arrow keys move, Enter chooses."
      onClose={onClose}
    >
      <div className="mt-4 flex flex-wrap gap-2">
        <input
          {...listbox.input}
          role="combobox"
          aria-expanded
          aria-label="Search images"
          placeholder="Search images"
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            listbox.restart();
          }}
          className={`${rowControlClass} min-w-0 grow basis-60`}
        />
        <select
          aria-label="Kind of image"
          value={kind}
          onChange={({ target }) => setKind(target.value)}
          className={rowControlClass}
        >
          <option value="reference">Reference images</option>
          <option value="upload">Uploads</option>
          <option value="generated">Generated images</option>
          <option value="">All images</option>
        </select>
      </div>
      <ul
        {...listbox.list}
        {...several}
        className="mt-3 grid max-h-[46vh] min-h-40 grid-cols-[repeat(auto-fill,minmax(96px,1fr))] content-start gap-2 overflow-y-auto p-0.5"
      >
        {options.map((option, index) => (
          <Offer
            key={option.imageId}
            option={option}
            isPicked={picked.includes(option.key)}
            canPick={canPick(option)}
            {...listbox.option(index)}
          />
        ))}
      </ul>
      <p role="status" className="mt-2 min-h-5 text-sm text-muted">
        {state === "idle" &&
          data &&
          options.length === 0 &&
          "No image matches. Search for another word, or all images."}
        {options.length > 0 &&
          data?.isCut &&
          `The first ${plural(options.length, "image")}: search for a word to find others. `}
        {isFull && "That is the maximum. Press a chosen image to remove it."}
      </p>
      <DialogActions>
        <DialogClose asChild>
          <Button variant="primary">Done</Button>
        </DialogClose>
      </DialogActions>
    </FormDialog>
  );
}

type OfferProps = ReturnType<ReturnType<typeof useListbox>["option"]> & {
  option: Offered;
  isPicked: boolean;
  canPick: boolean;
};

/** Where the keys are is shown by its outline, what is picked by its mark; assistive technology is told both. */
function Offer({ option, isPicked, canPick, "aria-selected": isHere, ...props }: OfferProps) {
  const { imageId, key, etag, problem, hasThumbnail } = option;
  const told = { "aria-selected": isPicked, "aria-disabled": !canPick || undefined };
  return (
    <li
      {...props}
      {...told}
      title={key}
      className={cx(
        "cursor-pointer rounded-md p-1 outline-2 -outline-offset-2 aria-disabled:cursor-default aria-disabled:opacity-50",
        isHere ? "outline-accent" : "outline-transparent",
        isPicked && "bg-hover",
      )}
    >
      <Picture
        imageId={imageId}
        etag={etag}
        missing={problem ?? (hasThumbnail ? undefined : "No thumbnail")}
        alt=""
        className="aspect-[3/4]"
        chips={
          isPicked && (
            <Chip>
              <Check aria-hidden className="size-3" /> Chosen
            </Chip>
          )
        }
      />
      <span className="mt-1 block truncate text-xs">{nameWithFolder(key)}</span>
    </li>
  );
}
