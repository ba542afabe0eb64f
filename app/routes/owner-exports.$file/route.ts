import type { LoaderFunctionArgs } from "@remix-run/node";
import { readOwners } from "~/features/owners/list-owners.server";
import type { OwnerRow } from "~/features/owners/owner-order";
import { exportOf, exportResponse } from "~/web/export.server";
import { parseOwnerList } from "~/web/owner-list";
import { requireOperator } from "~/web/sign-in/operator-session.server";

const columns = ["id", "name", "email", "images", "bytes", "lastImageAt", "quotaBytes", "quotaImages"] as const;

/** The owners that the search of the page finds, in its order: /owner-exports/owners.csv?text=mina */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { format } = exportOf(params.file, ["owners"]);
  const { text, order } = parseOwnerList(new URL(request.url).searchParams);
  const { owners } = await readOwners(context.ports, { text, order });
  return exportResponse(context, { name: "owners", format }, { columns, pages: onePage(owners), toRow });
}

async function* onePage(owners: OwnerRow[]) {
  if (owners.length > 0) yield owners;
}

const toRow = ({ lastImageAt, quota, ...owner }: OwnerRow) => ({
  ...owner,
  lastImageAt: lastImageAt?.toISOString() ?? null,
  quotaBytes: quota.bytes,
  quotaImages: quota.images,
});
