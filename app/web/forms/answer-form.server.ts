import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import type { z } from "zod";
import type { Actor } from "~/features/audit-log/record-event";
import { actorOf } from "~/features/operators/operator-actor";
import type { Role } from "~/features/operators/role";
import type { Ports } from "~/ports/index.server";
import { redirectWithFlash } from "~/web/flash.server";
import { respondToError } from "~/web/server/respond-to-error.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { readForm } from "./read-form.server";

type FormOptions<Schema extends z.ZodType> = {
  /** Asked for before anything else is looked at. */
  role: Role;
  schema: Schema;
  /** Fields that may come any number of times: the schema is given them as arrays. */
  lists?: string[];
  /** Where the form stands, and where a refusal is said; a function is asked once the role is known to reach. */
  page: string | (() => string);
};

export type Asked<Form> = {
  form: Form;
  actor: Actor;
  ports: Ports;
  /** Leads back to the page, which says `done` once. */
  back(done?: string): Promise<Response>;
};

/**
 * Every action of the console: who acts, what the form says, then `work`. A refusal (someone else was quicker) is no
 * broken page: it leads back to the form's page and is said there, beside what has become of the matter.
 * @throws a redirect to /login, 403 for a lower role, 400 for a form that no page of ours sends
 */
export async function answerForm<Schema extends z.ZodType, Answer>(
  { request, context }: ActionFunctionArgs,
  { role, schema, lists = [], page: pageOption }: FormOptions<Schema>,
  work: (asked: Asked<z.infer<Schema>>) => Promise<Answer>,
): Promise<Answer | Response> {
  const operator = await requireOperator({ request, context }, role);
  const page = typeof pageOption === "function" ? pageOption() : pageOption;
  const form = await readForm(request, schema, { lists });
  const actor = actorOf(operator);
  const back = async (done?: string) =>
    done === undefined ? redirect(page) : redirectWithFlash(context, page, { tone: "good", text: done });
  try {
    return await work({ form, actor, ports: context.ports, back });
  } catch (error) {
    const refusal = respondToError(error);
    if (!refusal) throw error;
    return redirectWithFlash(context, page, { tone: "bad", text: await refusal.text() });
  }
}

/** What a form that stays where it is, a fetcher's, is answered instead of an error. */
export type Refused = { refusal: string };

/**
 * The same for a form whose page must not be loaded again, such as one over a long list: a refusal is its answer, and is
 * said where the form stands.
 * @throws a redirect to /login, 403 for a lower role, 400 for a form that no page of ours sends
 */
export async function answerInPlace<Schema extends z.ZodType, Answer>(
  { request, context }: ActionFunctionArgs,
  { role, schema }: Pick<FormOptions<Schema>, "role" | "schema">,
  work: (asked: Omit<Asked<z.infer<Schema>>, "back"> & { operatorId: number }) => Promise<Answer>,
): Promise<Answer | Refused> {
  const operator = await requireOperator({ request, context }, role);
  const form = await readForm(request, schema);
  try {
    return await work({ form, actor: actorOf(operator), ports: context.ports, operatorId: operator.id });
  } catch (error) {
    const refusal = respondToError(error);
    if (!refusal) throw error;
    return { refusal: await refusal.text() };
  }
}
