import { type MutableRefObject, useCallback, useEffect, useRef, useState } from "react";
import { linkWindow } from "~/features/images/picture-address";

/**
 * What an <img> of one of our own picture addresses needs to go on being shown. It is asked for once more after an error,
 * for a link can have run out or a thumbnail be made in a moment; and again when the tab becomes visible, if it failed or
 * if the window of its link has ended since.
 */
export function usePicture(address: string) {
  const image = useRef<HTMLImageElement | null>(null);
  const ref = useUntilGone(image);
  const [look, setLook] = useState({ address, attempt: 1, query: "", hasFailed: false });
  const askedIn = useRef(0);
  // Another picture begins anew.
  const now = look.address === address ? look : { address, attempt: 1, query: "", hasFailed: false };
  // A query of its own, because a browser may have kept a redirect that led nowhere.
  const ask = (attempt: number, again: number) => {
    askedIn.current = linkWindow(Date.now());
    setLook({ address, attempt, query: `${address.includes("?") ? "&" : "?"}again=${again}`, hasFailed: false });
  };
  const onError = () => (now.attempt === 1 ? ask(2, Date.now()) : setLook({ ...now, hasFailed: true }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the browser takes over from the server's page
  useEffect(() => {
    askedIn.current = linkWindow(Date.now());
    if (image.current?.complete && image.current.naturalWidth === 0) onError();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it reads nothing else that changes
  useEffect(() => {
    const lookAgain = () => {
      if (document.visibilityState !== "visible") return;
      const window = linkWindow(Date.now());
      if (now.hasFailed) ask(1, Date.now());
      else if (window !== askedIn.current) ask(1, window);
    };
    document.addEventListener("visibilitychange", lookAgain);
    return () => document.removeEventListener("visibilitychange", lookAgain);
  }, [address, now.hasFailed]);
  return { ref, src: `${address}${now.query}`, onError, hasFailed: now.hasFailed };
}

/**
 * A ref that says, right before an <img> is taken out of the page, that its picture is no longer wanted. Until a picture
 * has come, Chromium goes on reading it and keeps the element with all that it was in: who scrolls faster than pictures
 * come would pile up both. Not after it was taken out: then Chromium never lets go of it.
 */
function useUntilGone(image: MutableRefObject<HTMLImageElement | null>) {
  return useCallback(
    (element: HTMLImageElement | null) => {
      if (element === null) image.current?.removeAttribute("src");
      image.current = element;
    },
    [image],
  );
}
