import { useNavigate } from "@remix-run/react";
import { ImageUp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "~/components/ui/forms/button";
import type { ImageSearch } from "~/features/image-search/image-search";
import { toImageSearch } from "~/features/image-search/image-search-address";
import { sendPicture } from "./send-picture";
import { keepTiny } from "./tiny-picture";

/** Takes a picture that is chosen, dropped anywhere on the page, or pasted, and searches by it. */
export function SearchByPicture({ search }: { search: ImageSearch }) {
  const input = useRef<HTMLInputElement>(null);
  const { isPending, problem, take } = useTakePicture(search);
  useGivenFiles(take);
  return (
    <>
      <Button pending={isPending} onClick={() => input.current?.click()} title="Or drop a picture here, or paste one">
        {!isPending && <ImageUp aria-hidden />}
        Search by a picture
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/*"
        aria-label="Picture to search by"
        onChange={({ target }) => {
          take(target.files?.[0]);
          // So that the same file can be chosen once more.
          target.value = "";
        }}
      />
      {problem !== null && (
        <p role="alert" className="w-full text-sm text-bad">
          {problem}
        </p>
      )}
    </>
  );
}

function useTakePicture(search: ImageSearch) {
  const navigate = useNavigate();
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function take(file: File | undefined) {
    if (!file || isPending) return;
    setPending(true);
    setProblem(null);
    try {
      const picture = await sendPicture(file);
      await keepTiny(picture, file);
      navigate(toImageSearch({ ...search, like: null, picture }));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "The picture could not be read. Choose it again.");
    } finally {
      setPending(false);
    }
  }
  return { isPending, problem, take };
}

/** Files that are dropped on the page or pasted into it; text goes where it always does. */
function useGivenFiles(take: (file: File | undefined) => void) {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const isFile = (given: DataTransfer | null) => given?.types.includes("Files") === true;
    const over = (event: DragEvent) => isFile(event.dataTransfer) && event.preventDefault();
    const drop = (event: DragEvent) => {
      if (!isFile(event.dataTransfer)) return;
      event.preventDefault();
      latest.current(event.dataTransfer?.files[0]);
    };
    const paste = (event: ClipboardEvent) => latest.current(event.clipboardData?.files[0]);
    const added = new AbortController();
    const { signal } = added;
    document.addEventListener("dragover", over, { signal });
    document.addEventListener("drop", drop, { signal });
    document.addEventListener("paste", paste, { signal });
    return () => added.abort();
  }, []);
}
