import type { LoaderFunctionArgs } from "@remix-run/node";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { type ExportedImage, readLabeledImages } from "~/features/labels/travel/export/read-labeled.sql.server";
import { requireFreeColumns, toColumns } from "~/features/labels/travel/formats/columns";
import { exportOf, exportResponse } from "~/web/export.server";
import { parseImageList } from "~/web/image-list";
import { requireOperator } from "~/web/sign-in/operator-session.server";

/**
 * The labels of all images that the query of the page finds, a row an image and a column an attribute, in the order of keys:
 * /label-exports/labels.csv?root=Model. import-labels.ts reads it.
 */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { format } = exportOf(params.file, ["labels"]);
  const { query } = parseImageList(new URL(request.url).searchParams);
  const schema = await loadLabelSchema();
  const attributes = Object.keys(schema.attributes);
  requireFreeColumns(attributes);
  const { db, clock } = context.ports;
  const pages = readLabeledImages(db, { query, known: { now: clock.now(), ...schema } });
  const columns = ["key", "etag", ...attributes];
  return exportResponse(context, { name: "labels", format }, { columns, pages, toRow: toRow(attributes) });
}

const toRow =
  (attributes: string[]) =>
  ({ key, labels }: ExportedImage) => ({ key, etag: labels[0]?.etag ?? null, ...toColumns(labels, attributes) });
