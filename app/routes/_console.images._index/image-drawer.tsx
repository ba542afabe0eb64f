import { useFetcher, useLocation, useNavigate, useNavigation, useSearchParams } from "@remix-run/react";
import { Maximize2 } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { ImageView, Step } from "~/components/images/image-view";
import { KeyName } from "~/components/key-text";
import { SidePanel } from "~/components/ui/dialog";
import { ButtonLink } from "~/components/ui/forms/button";
import type { ImagePage } from "~/features/image-page/image-page";
import { baseName } from "~/features/images/key-layout";
import { useChangeView } from "./change-view";
import type { Opening } from "./list/image-card";

type Answer = { id: number; page: ImagePage | null };

/** One image beside the list that it was opened from: `?image=` in the list's own address. */
export function ImageDrawer({ opening: { pageOf } }: { opening: Opening }) {
  const [params] = useSearchParams();
  const navigation = useNavigation();
  // Where the router is going already: the panel opens with the press.
  const coming = navigation.location?.pathname === "/images" ? new URLSearchParams(navigation.location.search) : params;
  const image = coming.get("image");
  const id = image === null ? null : Number(image);
  const { load, data } = useFetcher<() => Answer>();
  const address = id === null ? null : pageOf(id);
  useEffect(() => {
    if (address !== null) load(address);
  }, [load, address]);
  const page = data?.id === id ? data.page : undefined;
  const { previous = null, next = null } = page?.neighbors ?? {};

  const changeView = useChangeView();
  const close = useClose();
  const last = useRef(id);
  if (id !== null) last.current = id;
  const { state } = useLocation();
  const go = (to: number | null) => to !== null && changeView({ image: String(to) }, { state });
  const onKey = ({ key, target }: KeyboardEvent) => {
    if (target instanceof Element && target.matches("input, textarea, select")) return;
    if (key === "ArrowLeft") go(previous);
    if (key === "ArrowRight") go(next);
  };
  return (
    <SidePanel
      title={`Image ${id ?? ""}`}
      open={id !== null}
      onOpenChange={(isOpen) => !isOpen && close()}
      onCloseFocus={() => focusCard(last.current)}
      onKey={onKey}
    >
      <div className="flex min-h-full flex-col gap-4 p-4 sm:p-6 sm:pt-4">
        <header className="flex min-h-8 items-center gap-3 pr-10 max-sm:pr-13">
          <h2 className="min-w-0 grow truncate text-lg">
            {page ? <KeyName>{baseName(page.image.key)}</KeyName> : page === null ? "No such image" : "Loading …"}
          </h2>
          {page && address !== null && (
            <ButtonLink to={address}>
              <Maximize2 aria-hidden />
              Open page
            </ButtonLink>
          )}
        </header>
        {page && (
          <ImageView
            page={page}
            steps={{
              previous: previous && <Step direction="previous" to={pageOf(previous)} onStep={() => go(previous)} />,
              next: next && <Step direction="next" to={pageOf(next)} onStep={() => go(next)} />,
            }}
          />
        )}
        {page === null && (
          <p className="text-muted">There is no image {id}. The address is wrong, or it was never indexed here.</p>
        )}
        {page === undefined && <div aria-hidden className="min-h-96 rounded-md bg-sunken lg:mr-[376px]" />}
      </div>
    </SidePanel>
  );
}

/** Back to the list as it was before; where the address came with the image in it, the list alone. */
function useClose() {
  const navigate = useNavigate();
  const { state } = useLocation();
  const changeView = useChangeView();
  const isOpened = typeof state === "object" && state !== null && "isOpened" in state;
  return () => (isOpened ? navigate(-1) : changeView({ image: null }));
}

/** The card of the image that was looked at last, if it is drawn. */
function focusCard(id: number | null): boolean {
  const link = document.querySelector<HTMLElement>(`[data-image="${id}"] a[data-opens]`);
  link?.focus({ preventScroll: true });
  link?.scrollIntoView({ block: "nearest" });
  return link !== null && link !== undefined;
}
