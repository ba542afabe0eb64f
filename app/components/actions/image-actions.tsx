import {
  ArchiveX,
  FileImage,
  FileJson,
  FileSpreadsheet,
  FolderInput,
  ImageUp,
  Tag,
  Tags,
  UserRoundPen,
} from "lucide-react";
import { ConvertDialog } from "./convert-dialog";
import type { ImageAction } from "./image-action";
import { LabelDialog } from "./label-dialog";
import { MoveToGroupDialog } from "./move-to-group-dialog";
import { ReassignDialog } from "./reassign-dialog";
import { SetLabelsDialog } from "./set-labels-dialog";

const reassignOwner: ImageAction = {
  id: "reassign-owner",
  icon: UserRoundPen,
  label: "Reassign owner…",
  role: "operator",
  perform: (target, { ask }) => ask((close) => <ReassignDialog target={target} onClose={close} />),
};

const setLabels: ImageAction = {
  id: "set-labels",
  icon: Tag,
  label: "Set label…",
  role: "operator",
  perform: (target, { ask }) => ask((close) => <SetLabelsDialog target={target} onClose={close} />),
};

const backfillThumbnails: ImageAction = {
  id: "backfill-thumbnails",
  icon: ImageUp,
  label: "Backfill thumbnails",
  role: "operator",
  perform: (target, { start }) => start("backfill-thumbnails", target),
};

const convertImages: ImageAction = {
  id: "convert-images",
  icon: FileImage,
  label: "Convert to WebP or AVIF…",
  role: "operator",
  perform: (target, { ask }) => ask((close) => <ConvertDialog target={target} onClose={close} />),
};

const labelImages: ImageAction = {
  id: "label-run",
  icon: Tags,
  label: "Label run…",
  role: "operator",
  perform: (target, { ask }) => ask((close) => <LabelDialog target={target} onClose={close} />),
};

const moveToGroup: ImageAction = {
  id: "move-images",
  icon: FolderInput,
  label: "Move to group…",
  role: "operator",
  refusal: ({ selection, kinds: known }) => {
    const kinds = known ?? ("query" in selection ? selection.query.kind : undefined);
    return kinds && !kinds.includes("reference") ? "Only reference images lie in groups." : null;
  },
  perform: (target, { ask }) => ask((close) => <MoveToGroupDialog target={target} onClose={close} />),
};

const quarantine: ImageAction = {
  id: "quarantine-objects",
  icon: ArchiveX,
  label: "Quarantine",
  role: "operator",
  perform: (target, { start }) => start("quarantine-objects", target),
};

const exportCsv: ImageAction = {
  id: "export-csv",
  icon: FileSpreadsheet,
  label: "Export CSV",
  role: "viewer",
  perform: (target, { download }) => download("csv", target),
};

const exportJson: ImageAction = {
  id: "export-json",
  icon: FileJson,
  label: "Export JSON",
  role: "viewer",
  perform: (target, { download }) => download("json", target),
};

/** What can be done with any images. */
export const imageActions: readonly ImageAction[] = [
  reassignOwner,
  setLabels,
  backfillThumbnails,
  labelImages,
  moveToGroup,
  convertImages,
  exportCsv,
  exportJson,
];

/** The same for images of one attribute group, where the folder matters most. */
export const groupImageActions: readonly ImageAction[] = [
  moveToGroup,
  setLabels,
  quarantine,
  labelImages,
  reassignOwner,
  backfillThumbnails,
];
