import { type ReactNode, useRef } from "react";
import { KeyText } from "~/components/key-text";
import { type Column, Table } from "~/components/lists/table";
import { Time } from "~/components/time";
import { Panel } from "~/components/ui/panel";
import { Picture } from "~/components/ui/picture";
import { bytes, count } from "~/features/format";
import type { DrawnCard } from "~/features/images/browse/with-placeholders.server";
import { baseName } from "~/features/images/key-layout";
import { visible } from "~/quote";
import { missingWords, OpeningLink } from "./image-card";
import type { ListViewProps } from "./image-grid";
import { type Entry, entriesOf } from "./loaded-pages";
import { MoveOn } from "./next-pages";
import { useListView } from "./use-list-view";
import { useRows } from "./use-rows";
import { useSize } from "./use-size";

/** A key of two lines; each row that is drawn is measured. */
const ROW_HEIGHT = 50;

type Loaded = Entry & { card: DrawnCard };

const columnsWith = ({ opening, corner }: Pick<ListViewProps, "opening" | "corner">): Column<Entry>[] => [
  {
    header: "Key",
    isLead: true,
    cell: whenRead(({ card }) => (
      <span data-image={card.id} className="flex min-w-0 items-center gap-2">
        {/* The box is always shown in a row. It lies on no picture, so it needs no plate. */}
        {corner && <span className="shrink-0 [&>label]:bg-transparent! [&>label]:opacity-100!">{corner(card)}</span>}
        <OpeningLink image={card} opening={opening} className="flex min-w-0 items-center gap-2 rounded-md">
          <Picture
            imageId={card.id}
            etag={card.etag}
            missing={missingWords(card)}
            alt={visible(baseName(card.key))}
            placeholder={card.placeholder}
            className="size-8 shrink-0"
          />
          <span className="line-clamp-3" title={visible(card.key)}>
            <KeyText>{card.key}</KeyText>
          </span>
        </OpeningLink>
      </span>
    )),
  },
  {
    header: "Owner",
    width: 168,
    cell: whenRead(({ card: { ownerName } }) =>
      ownerName === null ? <span className="text-muted">No owner</span> : <bdi>{ownerName}</bdi>,
    ),
  },
  { header: "Kind", width: 104, cell: whenRead(({ card }) => card.kind) },
  {
    header: "Pixels",
    align: "end",
    width: 124,
    cell: whenRead(({ card: { width, height } }) => (width && height ? `${count(width)} × ${count(height)}` : "–")),
  },
  { header: "Size", align: "end", width: 96, cell: whenRead(({ card }) => bytes(card.bytes)) },
  { header: "Created", width: 136, cell: whenRead(({ card }) => <Time at={card.createdAt} />) },
];

/** The cell of a row whose page is being read is empty, and as high as a picture. */
function whenRead(cell: (entry: Loaded) => ReactNode): Column<Entry>["cell"] {
  return ({ card, ...entry }) => (card ? cell({ ...entry, card }) : <span className="block h-8" />);
}

/** The images as rows of facts. */
export function ImageTable(props: ListViewProps) {
  const { list, place } = props;
  const panel = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLTableSectionElement>(null);
  const isMeasured = useSize(panel) !== null;
  const rows = useRows({ list, top, place, columns: isMeasured ? 1 : 0, rowHeight: ROW_HEIGHT, gap: 0, overscan: 8 });
  const steps = useListView(props, panel, rows);
  const { drawn, above, below, measure, rowOf } = rows;
  return (
    <div ref={panel} data-windowed={drawn !== null} className="[--table-top:96px] [overflow-anchor:none]">
      {drawn && <MoveOn {...steps} />}
      <Panel isPadded={false}>
        <Table
          caption="Images"
          columns={columnsWith(props)}
          rows={entriesOf(list, drawn ?? { from: 0, to: 60 })}
          rowKey={({ id }) => id}
          window={{
            above,
            below,
            top,
            measure,
            rowOf: ({ index }) => rowOf(index),
            attributesOf: ({ index, id }) => ({ "data-image-index": index, "data-image": id, className: "group/card" }),
          }}
        />
      </Panel>
    </div>
  );
}
