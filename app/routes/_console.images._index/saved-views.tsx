import { Link, useFetcher, useLocation } from "@remix-run/react";
import { Bookmark, CircleAlert, Pencil, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, IconButton } from "~/components/ui/forms/button";
import { rowControlClass } from "~/components/ui/forms/field";
import { HiddenFields } from "~/components/ui/forms/intent-button";
import { Popover } from "~/components/ui/popover";
import { LONGEST_NAME } from "~/features/saved-views/view-name";

const PAGE = "/images";

type View = { id: number; name: string; address: string; problem: string | null };
type Answer = { done: string } | { refusal: string };

/** The operator's own views of the page, and the way to keep the present one. Any view can be sent: it is an address. */
export function SavedViews() {
  const { search } = useLocation();
  return (
    <Popover
      label="Saved views"
      align="end"
      className="flex max-h-[min(420px,var(--radix-popover-content-available-height))] w-[min(340px,calc(100vw-24px))] flex-col"
      trigger={
        <Button>
          <Bookmark aria-hidden />
          Views
        </Button>
      }
    >
      <Views address={search.replace(/^\?/, "")} />
    </Popover>
  );
}

function Views({ address }: { address: string }) {
  const { load, data } = useFetcher<{ views: View[] }>();
  useEffect(() => load(`/saved-views?page=${PAGE}`), [load]);
  return (
    <>
      {data?.views.length === 0 && (
        <p className="px-3 pt-3 text-sm text-muted">
          You have no views yet. A view keeps the filters, the order and the look of this page.
        </p>
      )}
      <ul className="p-1 empty:hidden">
        {data?.views.map((view) => (
          <ViewRow key={view.id} view={view} />
        ))}
      </ul>
      <div className="border-t border-line p-3">
        <NameForm intent="save" fields={{ page: PAGE, address }} label="Name of this view" submit="Save view" />
      </div>
    </>
  );
}

function ViewRow({ view: { id, name, address, problem } }: { view: View }) {
  const [doing, setDoing] = useState<"rename" | "delete" | null>(null);
  const { Form, state } = useFetcher<Answer>();
  const stop = () => setDoing(null);
  if (doing === "rename") {
    return (
      <li className="p-2">
        <NameForm
          intent="rename"
          fields={{ id }}
          label={`New name of ${name}`}
          name={name}
          submit="Rename"
          onDone={stop}
        />
      </li>
    );
  }
  if (doing === "delete") {
    return (
      <li className="flex flex-wrap items-center gap-2 p-2 text-sm">
        <span className="min-w-0 grow [overflow-wrap:anywhere]">Delete the view {name}?</span>
        <Button onClick={stop}>Keep</Button>
        <Form method="post" action="/saved-views">
          <HiddenFields fields={{ intent: "delete", id }} />
          <Button type="submit" variant="danger" pending={state !== "idle"}>
            Delete view
          </Button>
        </Form>
      </li>
    );
  }
  return (
    <li className="flex items-center gap-1">
      <Link
        to={address === "" ? PAGE : `${PAGE}?${address}`}
        className="flex min-h-9 min-w-0 grow flex-col justify-center rounded-md px-2 py-1 text-sm -outline-offset-2 hover:bg-hover max-sm:min-h-11"
      >
        <span className="[overflow-wrap:anywhere]">{name}</span>
        {problem && (
          <span className="flex items-start gap-1.5 text-xs text-bad">
            <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
            No longer works. {problem}
          </span>
        )}
      </Link>
      <IconButton label={`Rename the view ${name}`} onClick={() => setDoing("rename")}>
        <Pencil aria-hidden />
      </IconButton>
      <IconButton label={`Delete the view ${name}`} onClick={() => setDoing("delete")}>
        <Trash2 aria-hidden />
      </IconButton>
    </li>
  );
}

type NameFormProps = {
  intent: string;
  fields: Record<string, string | number>;
  label: string;
  name?: string;
  submit: string;
  onDone?: () => void;
};

function NameForm({ intent, fields, label, name = "", submit, onDone }: NameFormProps) {
  const { Form, data, state } = useFetcher<Answer>();
  const [text, setText] = useState(name);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer
  useEffect(() => {
    if (!data || !("done" in data)) return;
    setText(name);
    onDone?.();
  }, [data]);
  return (
    <Form method="post" action="/saved-views" className="flex flex-col gap-1">
      <HiddenFields fields={{ intent, ...fields }} />
      <label className="flex flex-col gap-1 text-xs text-muted">
        {label}
        <input
          name="name"
          value={text}
          onChange={(event) => setText(event.target.value)}
          required
          maxLength={LONGEST_NAME}
          autoComplete="off"
          className={`${rowControlClass} w-full`}
        />
      </label>
      <p role="alert" className="text-xs text-bad empty:hidden">
        {state === "idle" && data && "refusal" in data && data.refusal}
      </p>
      <Button type="submit" pending={state !== "idle"} className="mt-1 self-end">
        {submit}
      </Button>
    </Form>
  );
}
