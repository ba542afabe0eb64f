import { DomainError } from "~/features/domain-error";
import { imagesWhere } from "~/features/images/query/image-query.sql.server";
import { isKnownError } from "~/features/known-error";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { quote } from "~/quote";
import { parseImageList, toImageList } from "./image-list";

/** The pages whose views can be saved, each with what reads its parameters and gives them back without a place in the list. */
const pages: Record<string, (params: URLSearchParams) => Promise<string>> = {
  "/images": async (params) => {
    const { query } = parseImageList(params);
    // A root or an attribute that labels/schema.json no longer has.
    imagesWhere(query, { now: new Date(0), ...(await loadLabelSchema()) });
    return toImageList(query, params).replace(/^[^?]*\?/, "");
  },
};

/**
 * The parameters of a page as a view keeps them.
 * @throws DomainError "invalid" for a page that has no views, or parameters that it does not take (any more)
 */
export async function readView(page: string, address: string): Promise<string> {
  const read = Object.hasOwn(pages, page) ? pages[page] : undefined;
  if (!read) throw new DomainError("invalid", `${quote(page)} has no views to save.`);
  return read(new URLSearchParams(address));
}

/** Why a kept view can no longer be shown; null: it can. */
export async function findViewProblem({ page, address }: { page: string; address: string }): Promise<string | null> {
  try {
    await readView(page, address);
    return null;
  } catch (error) {
    if (isKnownError(error, "DomainError")) return error.message;
    throw error;
  }
}
