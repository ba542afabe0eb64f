import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { ImageSelection } from "~/features/images/query/image-selection";
import type { Role } from "~/features/operators/role";

/** The images that actions are offered for. */
export type ActionTarget = {
  selection: ImageSelection;
  /** “2 images”, “all 12,431 images”, for titles and sentences. */
  what: string;
  /** Of which kinds they are, where the page knows it. */
  kinds?: readonly string[];
  /** The group of attributes that all of them lie in, where the page is about one. */
  group?: { root: string; name: string };
};

/** What an action does its work with. */
export type Means = {
  /** Shows a dialog over the page, which keeps its place. */
  ask(dialog: (close: () => void) => ReactNode): void;
  /** Starts a run whose plan then opens; a refusal is said on the page, which is not loaded again. */
  start(intent: string, target: ActionTarget): void;
  /** Has the browser keep a file of the images. */
  download(format: "csv" | "json", target: ActionTarget): void;
};

/** One thing that can be done with images, whole: bar, menu and command palette show it and do it from this alone. */
export type ImageAction = {
  id: string;
  icon: LucideIcon;
  /** “Reassign owner…”: dots where it asks something first. */
  label: string;
  /** Who may do it. Others are not offered it; the server decides again. */
  role: Role;
  /** Why it cannot be done with these; null: it can. */
  refusal?(target: ActionTarget): string | null;
  perform(target: ActionTarget, means: Means): void;
};
