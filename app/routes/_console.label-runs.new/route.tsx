import { getFormProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { attributeWords } from "~/components/labels/attribute-words";
import { Button, ButtonLink } from "~/components/ui/forms/button";
import { ChoiceField, DollarField, SelectField } from "~/components/ui/forms/field";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { listOf } from "~/features/format";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { budgetUsd } from "~/features/labeling/budget/budget";
import { PERSONAS } from "~/features/labeling/prompts/personas-prompt";
import { SHOTS } from "~/features/labeling/prompts/prepare-prompt.server";
import { startLabelRun } from "~/features/labeling/start-label-run.server";
import { quote } from "~/quote";
import { answerForm } from "~/web/forms/answer-form.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("New label run") }];
export const handle: ConsoleHandle = {
  crumbs: () => [{ label: "Labeling", to: "/label-runs" }, { label: "New label run" }],
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "operator");
  const { roots, attributes } = await loadLabelSchema();
  return {
    roots: roots.map(({ name }) => name),
    attributes: Object.keys(attributes),
    prompt: PERSONAS,
    shots: SHOTS,
    model: context.ports.model.name,
  };
}

const schema = z.object({
  root: z.string({ error: "Choose a root." }),
  only: z.enum(["unanswered", "all"]),
  budgetUsd,
});

/** As the page sent them: what is wrong with a field is said beside it. */
const fields = z.record(z.string(), z.string());

export function action(args: ActionFunctionArgs) {
  const page = "/label-runs/new";
  return answerForm(args, { role: "operator", schema: fields, page }, async ({ form, actor, ports }) => {
    const submission = parseWithZod(new URLSearchParams(form), { schema });
    if (submission.status !== "success") return data(submission.reply(), { status: 400 });
    const { root, ...rest } = submission.value;
    const { runId } = await startLabelRun(ports, { selection: { query: { root } }, ...rest, actor });
    return redirect(`/label-runs/${runId}`);
  });
}

const choices = [
  {
    value: "unanswered",
    label: "Only images without an answer",
    hint: "Leaves out images that this prompt has labeled or the model refused, so nothing is paid for twice.",
  },
  { value: "all", label: "All images", hint: "Asks about every image of the root again." },
];

export default function NewLabelRun() {
  const { roots, attributes, prompt, shots, model } = useLoaderData<typeof loader>();
  const [form, fields] = useForm({
    lastResult: useActionData<typeof action>(),
    constraint: getZodConstraint(schema),
    defaultValue: { root: roots[0], only: "unanswered", budgetUsd: "0.50" },
    shouldValidate: "onBlur",
    shouldRevalidate: "onInput",
    onValidate: ({ formData }) => parseWithZod(formData, { schema }),
  });
  const isPending = useNavigation().formMethod === "POST";
  return (
    <Page title="New label run" width="reading">
      <Panel>
        <Form method="post" {...getFormProps(form)} className="flex flex-col gap-6">
          <SelectField
            field={fields.root}
            label="Root"
            hint="The folder whose images the model is shown."
            options={roots}
          />
          <ChoiceField field={fields.only} label="Which images" choices={choices} />
          <DollarField
            field={fields.budgetUsd}
            label="Budget"
            hint="In US dollars. The run pauses before a call could exceed it, and you can raise it then."
          />
          <section className="rounded-md bg-sunken p-4 text-sm">
            <h2 className="text-base">What the model is shown</h2>
            <p className="mt-1 text-muted">
              The prompt {quote(prompt)} asks {model} for {listOf(attributes.map(attributeWords))}. Up to {shots}{" "}
              reference images go along as examples of what their folders are named for. They are chosen from the bucket
              as it is now, as different from each other as possible.
            </p>
            <p className="mt-2 text-muted">
              A plan comes first: you see the images, tokens, dollars and examples. The model is not asked before you
              apply it, and nothing is accepted automatically.
            </p>
          </section>
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" pending={isPending}>
              Plan label run
            </Button>
            <ButtonLink to="/label-runs" variant="quiet">
              Cancel
            </ButtonLink>
          </div>
        </Form>
      </Panel>
    </Page>
  );
}
