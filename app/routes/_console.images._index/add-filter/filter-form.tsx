import { useNavigate, useSearchParams } from "@remix-run/react";
import { CircleAlert } from "lucide-react";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "~/components/ui/forms/button";
import type { ImageQuery } from "~/features/images/query/image-query";
import { isKnownError } from "~/features/known-error";
import { toImageList } from "~/web/image-list";
import { type FilterKind, withFilter } from "./with-filter";

type FilterFormProps = { query: ImageQuery; kind: FilterKind; children: ReactNode };

/** One filter to be filled in: it leads to the list that it finds, or says what is wrong with it. */
export function FilterForm({ query, kind, children }: FilterFormProps) {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>("input:not([type=hidden]), select")?.focus(), []);
  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const read = (name: string) => String(typed.get(name) ?? "");
    try {
      navigate(toImageList(withFilter(query, kind, read), params));
    } catch (error) {
      if (!isKnownError(error, "DomainError")) throw error;
      setRefusal(error.message);
    }
  }
  return (
    <form ref={form} onSubmit={onSubmit} className="flex flex-col gap-3 p-3">
      {children}
      <p role="alert" className="flex items-start gap-1.5 text-sm text-bad [overflow-wrap:anywhere] empty:hidden">
        {refusal !== null && (
          <>
            <CircleAlert aria-hidden className="mt-0.75 size-3.5 shrink-0" />
            {refusal}
          </>
        )}
      </p>
      <Button type="submit" variant="primary" className="self-end">
        Show images
      </Button>
    </form>
  );
}
