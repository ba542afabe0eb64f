import { getFormProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { Button, ButtonLink } from "~/components/ui/forms/button";
import { ChoiceField, DollarField, SelectField } from "~/components/ui/forms/field";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { attributeWords } from "~/features/attribute-words";
import { listOf } from "~/features/format";
import { parseImageAddress } from "~/features/images/query/image-address";
import { budgetUsd } from "~/features/labeling/budget/budget";
import { startLabelRun } from "~/features/labeling/start-label-run.server";
import type { PromptOption } from "~/features/labeling/views/list-prompt-options.server";
import { answerForm } from "~/web/forms/answer-form.server";
import { asSent } from "~/web/forms/as-sent";
import { promptField } from "~/web/forms/prompt-field";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { ImageCount } from "./image-count";
import { readNewRun } from "./read-new-run.server";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("New label run") }];
export const handle: ConsoleHandle = {
  crumbs: () => [{ label: "Labeling", to: "/label-runs" }, { label: "New label run" }],
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "operator");
  return readNewRun(context.ports, new URL(request.url).searchParams);
}

const schema = z.object({
  /** A query as in the address of the images page. */
  images: z.string({ error: "Choose which images." }).min(1),
  prompt: promptField,
  only: z.enum(["unanswered", "all"]),
  budgetUsd,
});

export function action(args: ActionFunctionArgs) {
  const page = `/label-runs/new${new URL(args.request.url).search}`;
  return answerForm(args, { role: "operator", schema: asSent(schema), page }, async ({ form, actor, ports }) => {
    const submission = parseWithZod(form, { schema });
    if (submission.status !== "success") return data(submission.reply(), { status: 400 });
    const { images, ...input } = submission.value;
    const query = parseImageAddress(new URLSearchParams(images));
    const { runId } = await startLabelRun(ports, { selection: { query }, ...input, actor });
    return redirect(`/label-runs/${runId}`);
  });
}

const choices = [
  {
    value: "unanswered",
    label: "Only images without an answer",
    hint: "Leaves out images that this prompt has labeled or the model refused, so nothing is paid for twice.",
  },
  { value: "all", label: "All images", hint: "Asks again about images that were answered before." },
];

export default function NewLabelRun() {
  const { points, chosen, prompts, prompt, shots } = useLoaderData<typeof loader>();
  const [form, fields] = useForm({
    lastResult: useActionData<typeof action>(),
    constraint: getZodConstraint(schema),
    defaultValue: { images: chosen, prompt: String(prompt ?? ""), only: "unanswered", budgetUsd: "0.50" },
    shouldValidate: "onBlur",
    shouldRevalidate: "onInput",
    onValidate: ({ formData }) => parseWithZod(formData, { schema }),
  });
  const isPending = useNavigation().formMethod === "POST";
  const asked = prompts.find(({ id }) => String(id ?? "") === String(fields.prompt.value ?? "")) ?? prompts[0];
  return (
    <Page title="New label run" width="reading">
      <Panel>
        <Form method="post" {...getFormProps(form)} className="flex flex-col gap-6">
          <ChoiceField
            field={fields.images}
            label="Images"
            choices={points.map(({ address, label, hint }) => ({
              value: address,
              label,
              hint: (
                <>
                  {hint}
                  {fields.images.value === address && <ImageCount address={address} />}
                </>
              ),
            }))}
          />
          <p className="-mt-3 text-sm text-muted">
            For any others, select them on the page Images, or filter it, and choose “Label run…”.
          </p>
          <ChoiceField field={fields.only} label="Which of them" choices={choices} />
          <SelectField
            field={fields.prompt}
            label="Prompt"
            options={prompts.map(({ id, label }) => ({ value: String(id ?? ""), label }))}
          />
          <DollarField
            field={fields.budgetUsd}
            label="Budget"
            hint="In US dollars. The run pauses before a call could exceed it, and you can raise it then."
          />
          {asked && <WhatIsAsked asked={asked} shots={shots} />}
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

function WhatIsAsked({ asked, shots }: { asked: PromptOption; shots: number }) {
  return (
    <section className="rounded-md bg-sunken p-4 text-sm">
      <h2 className="text-base">What the model is shown</h2>
      <p className="mt-1 text-muted">
        {asked.model} is asked for {listOf(asked.attributes.map(attributeWords))}.{" "}
        {asked.id === null
          ? `Up to ${shots} reference images go along as examples of what their folders are named for. They are chosen from the bucket as it is now, as different from each other as possible.`
          : "The examples of this prompt version go along."}
      </p>
      <p className="mt-2 text-muted">
        A plan comes first: you see the images, tokens, dollars and examples. The model is not asked before you apply
        it, and nothing is accepted automatically.
      </p>
    </section>
  );
}
