import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { deleteView } from "~/features/saved-views/delete-view.server";
import { listViews } from "~/features/saved-views/list-views.server";
import { renameView } from "~/features/saved-views/rename-view.server";
import { saveView } from "~/features/saved-views/save-view.server";
import { answerInPlace } from "~/web/forms/answer-form.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { findViewProblem, readView } from "~/web/viewed-pages.server";

/** Who asks: their views of a page, and what is wrong with those that it cannot show any more. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { id: operatorId } = await requireOperator({ request, context }, "viewer");
  const page = new URL(request.url).searchParams.get("page") ?? "";
  const views = await listViews(context.ports, { operatorId, page });
  return {
    views: await Promise.all(views.map(async (view) => ({ ...view, problem: await findViewProblem(view) }))),
  };
}

const id = z.coerce.number().int().positive();

const schema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("save"), page: z.string(), address: z.string(), name: z.string() }),
  z.object({ intent: z.literal("rename"), id, name: z.string() }),
  z.object({ intent: z.literal("delete"), id }),
]);

/** Keeps, renames and deletes views of the operator who asks. */
export function action(args: ActionFunctionArgs) {
  return answerInPlace(args, { role: "viewer", schema }, async ({ form, ports, operatorId }) => {
    switch (form.intent) {
      case "save": {
        const address = await readView(form.page, form.address);
        await saveView(ports, { operatorId, page: form.page, name: form.name, address });
        break;
      }
      case "rename":
        await renameView(ports, { operatorId, id: form.id, name: form.name });
        break;
      case "delete":
        await deleteView(ports, { operatorId, id: form.id });
    }
    return { done: form.intent };
  });
}
