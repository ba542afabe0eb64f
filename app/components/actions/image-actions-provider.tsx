import { useFetcher, useLocation } from "@remix-run/react";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { useSay } from "~/components/ui/toast";
import { hasRole, type Role } from "~/features/operators/role";
import type { ActionTarget, ImageAction, Means } from "./image-action";

/** The way to select more than is selected: “Select all 12,431 matching”. */
export type SelectMore = { label: string; onPress(): void };

/** What a page offers. Target null: it has images, and none is selected. */
type Offer = { actions: readonly ImageAction[]; target: ActionTarget | null; more: SelectMore | null };

/** An action as a control shows it. */
export type OfferedAction = Pick<ImageAction, "id" | "icon" | "label"> & {
  /** Why it cannot be done now; null: it can. */
  refusal: string | null;
  perform(): void;
};

const OfferContext = createContext<Offer | null>(null);
const SetOfferContext = createContext<(offer: Offer | null) => void>(() => {});
const MeansContext = createContext<{ means: Means; role: Role } | null>(null);

const IMAGE_ACTIONS = "/image-actions";

/** Carries out actions on images for every page and for the command palette, and shows what they ask. */
export function ImageActionsProvider({ role, children }: { role: Role; children: ReactNode }) {
  const [offer, setOffer] = useState<Offer | null>(null);
  const [dialog, setDialog] = useState<((close: () => void) => ReactNode) | null>(null);
  const { submit, data } = useFetcher<{ refusal: string }>();
  const form = useRef<HTMLFormElement>(null);
  const say = useSay();
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was asked on one page is not about the next
  useEffect(() => setDialog(null), [pathname]);
  useEffect(() => {
    if (data?.refusal) say({ tone: "bad", text: data.refusal });
  }, [data, say]);
  const means = useMemo(
    (): Means => ({
      ask: (drawn) => setDialog(() => drawn),
      start: (intent, { selection, group }) =>
        submit(
          { intent, selection: JSON.stringify(selection), ...(group && { root: group.root }) },
          { method: "post", action: IMAGE_ACTIONS },
        ),
      download(format, { selection }) {
        const { current } = form;
        const field = current?.elements.namedItem("selection");
        if (!current || !(field instanceof HTMLInputElement)) return;
        current.action = `/image-exports/images.${format}${window.location.search}`;
        field.value = JSON.stringify(selection);
        current.submit();
      },
    }),
    [submit],
  );
  const performing = useMemo(() => ({ means, role }), [means, role]);
  return (
    <MeansContext.Provider value={performing}>
      <SetOfferContext.Provider value={setOffer}>
        <OfferContext.Provider value={offer}>{children}</OfferContext.Provider>
      </SetOfferContext.Provider>
      {dialog?.(() => setDialog(null))}
      <form ref={form} method="post" hidden>
        <input type="hidden" name="selection" />
      </form>
    </MeansContext.Provider>
  );
}

/** Actions on these images, those that the role may do. With no images each says that some must be selected. */
export function useImageActions(actions: readonly ImageAction[], target: ActionTarget | null): OfferedAction[] {
  const performing = useContext(MeansContext);
  if (!performing) return [];
  const { means, role } = performing;
  return actions
    .filter((action) => hasRole(role, action.role))
    .map((action) => ({
      id: action.id,
      icon: action.icon,
      label: action.label,
      refusal: target ? (action.refusal?.(target) ?? null) : "Select images first.",
      perform: () => target && action.perform(target, means),
    }));
}

/** Offers a page's actions to the command palette for as long as the page stands. */
export function useOfferActions(actions: readonly ImageAction[], target: ActionTarget | null, more: SelectMore | null) {
  const setOffer = useContext(SetOfferContext);
  const said = JSON.stringify([target, more?.label]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a target is what it says, and so is the way to more
  useEffect(() => setOffer({ actions, target, more }), [setOffer, actions, said]);
  useEffect(() => () => setOffer(null), [setOffer]);
}

/** What the page that is shown offers; null where it is not about images. */
export function useOfferedActions(): { actions: OfferedAction[]; what: string | null; more: SelectMore | null } | null {
  const offer = useContext(OfferContext);
  const actions = useImageActions(offer?.actions ?? [], offer?.target ?? null);
  return offer && { actions, what: offer.target?.what ?? null, more: offer.more };
}
