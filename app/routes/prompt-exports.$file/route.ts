import type { LoaderFunctionArgs } from "@remix-run/node";
import { parseJson } from "~/features/json-column";
import type { PromptRow } from "~/features/labeling/prompts/prompt-versions.server";
import { readPromptVersions } from "~/features/labeling/views/read-prompt-versions.server";
import { exportOf, exportResponse } from "~/web/export.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

const columns = [
  "id",
  "name",
  "version",
  "hash",
  "createdAt",
  "createdBy",
  "instructions",
  "attributes",
  "settings",
  "examples",
] as const;

/** Every version of every prompt, whole: /prompt-exports/prompts.json */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { format } = exportOf(params.file, ["prompts"]);
  const pages = readPromptVersions(context.ports);
  return exportResponse(context, { name: "prompts", format }, { columns, pages, toRow });
}

const toRow = ({ attributes, settings, examples, createdAt, createdByName, ...version }: PromptRow) => ({
  ...version,
  createdAt: createdAt.toISOString(),
  createdBy: createdByName,
  attributes: parseJson(attributes),
  settings: parseJson(settings),
  examples: parseJson(examples),
});
