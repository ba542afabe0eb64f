import { KeyText } from "~/components/key-text";
import { type Column, Table } from "~/components/lists/table";
import { Time } from "~/components/time";
import { Panel } from "~/components/ui/panel";
import { Picture } from "~/components/ui/picture";
import { bytes, count } from "~/features/format";
import type { ImageCard } from "~/features/images/browse/read-cards.sql.server";
import { baseName } from "~/features/images/key-layout";
import { missingWords } from "./image-card";

const columns: Column<ImageCard>[] = [
  {
    header: "Key",
    isLead: true,
    cell: (image) => (
      <a
        href={`/images/${image.id}/original`}
        target="_blank"
        rel="noreferrer"
        className="flex min-w-0 items-center gap-2"
      >
        <Picture
          imageId={image.id}
          etag={image.etag}
          missing={missingWords(image)}
          alt={baseName(image.key)}
          className="size-8 shrink-0"
        />
        <KeyText>{image.key}</KeyText>
      </a>
    ),
  },
  { header: "Owner", cell: ({ ownerName }) => ownerName ?? <span className="text-muted">No owner</span> },
  { header: "Kind", cell: ({ kind }) => kind },
  {
    header: "Pixels",
    align: "end",
    cell: ({ width, height }) => (width && height ? `${count(width)} × ${count(height)}` : "–"),
  },
  { header: "Size", align: "end", cell: (image) => bytes(image.bytes) },
  { header: "Created", cell: ({ createdAt }) => <Time at={createdAt} /> },
];

/** The images as rows of facts. */
export const ImageTable = ({ images }: { images: ImageCard[] }) => (
  <Panel isPadded={false}>
    <Table caption="Images" columns={columns} rows={images} rowKey={({ id }) => id} />
  </Panel>
);
