import type { AttributeRoot } from "~/features/label-schema/label-schema";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";

/**
 * The attribute root that an address means by `?root=`, the first one unless it says; and all that there are.
 * @throws DomainError "not-found" that names the roots there are
 */
export async function askedRoot(params: URLSearchParams): Promise<{ root: AttributeRoot; roots: AttributeRoot[] }> {
  const schema = await loadLabelSchema();
  return { root: findRoot(schema, params.get("root") || (schema.roots[0]?.name ?? "")), roots: schema.roots };
}
