import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { exportImages, exportSelection } from "~/features/images/browse/export-images.server";
import type { ImageCard } from "~/features/images/browse/read-cards.sql.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { exportOf, exportResponse } from "~/web/export.server";
import { readForm } from "~/web/forms/read-form.server";
import { selectionField } from "~/web/forms/selection-field";
import { parseImageList } from "~/web/image-list";
import { requireOperator } from "~/web/sign-in/operator-session.server";

const columns = [
  ...["id", "key", "kind", "ownerId", "ownerName", "contentType", "width", "height", "bytes"],
  ...["createdAt", "hasThumbnail", "unreadable", "archivedAs", "goneAt"],
] as const;

/** All images that the query of the page finds, in its order: /image-exports/images.csv?kind=upload */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { format } = exportOf(params.file, ["images"]);
  const { query, order } = parseImageList(new URL(request.url).searchParams);
  const schema = await loadLabelSchema();
  return exportResponse(
    context,
    { name: "images", format },
    { columns, pages: exportImages(context.ports, { query, order, schema }), toRow },
  );
}

/** The same of a selection, which may be too long for an address; the address gives the order. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { format } = exportOf(params.file, ["images"]);
  const { order } = parseImageList(new URL(request.url).searchParams);
  const { selection } = await readForm(request, z.object({ selection: selectionField }));
  const schema = await loadLabelSchema();
  return exportResponse(
    context,
    { name: "images", format },
    { columns, pages: exportSelection(context.ports, { selection, order, schema }), toRow },
  );
}

const toRow = ({ isUnreadable: _, etag: _etag, createdAt, goneAt, ...image }: ImageCard) => ({
  ...image,
  createdAt: createdAt.toISOString(),
  goneAt: goneAt?.toISOString() ?? null,
});
