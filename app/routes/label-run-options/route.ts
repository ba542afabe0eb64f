import type { LoaderFunctionArgs } from "@remix-run/node";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { listPromptOptions } from "~/features/labeling/views/list-prompt-options.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

/** The prompts that a label run can ask, for a dialog to choose from. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "operator");
  const attributes = Object.keys((await loadLabelSchema()).attributes);
  return { prompts: await listPromptOptions(context.ports, { attributes }) };
}
