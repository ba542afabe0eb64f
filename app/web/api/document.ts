import { z } from "zod";
import { attributeWords } from "~/features/attribute-words";
import { imageOrders } from "~/features/images/browse/image-order";
import { type Spelling, spellings } from "~/features/images/query/image-address";
import { type ImageField, imageFields, imageQuery } from "~/features/images/query/image-query";
import type { LabelSchema } from "~/features/label-schema/label-schema";
import { imagesAnswer, referencesAnswer, refusalAnswer } from "./answers";
import { imagesLimit } from "./image-list-query";
import { referenceQuery } from "./reference-query";

/** JSON, as a document has it. */
type Json = { [name: string]: unknown };

/**
 * The API as an OpenAPI 3.1 document, made from the schemas by which questions are read, with the values that
 * labels/schema.json lists now.
 * @param options.origin where the console is served
 */
export function describeApi(schema: LabelSchema, { origin }: { origin: string }): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "Diffs Image Agent console",
      version: "1",
      description: "What programs may ask. Everything is read, nothing changed. Fields may be added to answers.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: origin }],
    security: [{ token: [] }],
    paths: {
      "/api/references/resolve": operation({
        id: "resolveReferences",
        summary: "Which reference images to draw with",
        description:
          "Of each group of the last audit that says exactly what was asked, the one image that stands for it; never a near miss.",
        parameters: referenceParameters(schema),
        answer: "References",
        refusals: {
          400: "The question is wrong.",
          404: "There is no such root or value, or no image stands for it.",
          409: "The root was never audited, or everything that matches is ambiguous.",
        },
      }),
      "/api/images": operation({
        id: "listImages",
        summary: "Which images there are",
        description:
          "The images page's list, with its filters: each narrows, the values of one are alternatives. Without any it is all images. Page by page: give “after” the answer's “after”.",
        parameters: imageParameters(schema),
        answer: "Images",
        refusals: { 400: "The question is wrong.", 404: "There is no such age range." },
      }),
      "/api/openapi.json": operation({
        id: "describeApi",
        summary: "This document",
        parameters: [],
        answer: null,
        refusals: {},
      }),
    },
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "Made on the page API tokens, one for each program." },
      },
      schemas: {
        References: toSchema(referencesAnswer),
        Images: toSchema(imagesAnswer),
        Refusal: toSchema(refusalAnswer),
      },
    },
  };
}

function operation(of: {
  id: string;
  summary: string;
  description?: string;
  parameters: Json[];
  answer: string | null;
  refusals: Record<number, string>;
}): Json {
  const refusals: Record<number, string> = {
    ...of.refusals,
    401: "The token is missing, wrong, or has ended.",
    429: "Too many wrong tokens came from this network address.",
    503: "The database cannot be read now. Try again.",
  };
  const refused = Object.entries(refusals).map(([status, description]) => [
    status,
    {
      description,
      ...(status === "401" && { headers: { "WWW-Authenticate": { schema: { type: "string" } } } }),
      ...(status === "429" && {
        headers: { "Retry-After": { description: "Seconds.", schema: { type: "integer" } } },
      }),
      // A console that is being upgraded says so as plain text.
      ...(status !== "503" && { content: jsonOf({ $ref: "#/components/schemas/Refusal" }) }),
    },
  ]);
  const schema = of.answer === null ? { type: "object" } : { $ref: `#/components/schemas/${of.answer}` };
  return {
    get: {
      operationId: of.id,
      summary: of.summary,
      ...(of.description && { description: of.description }),
      parameters: of.parameters,
      responses: { 200: { description: of.summary, content: jsonOf(schema) }, ...Object.fromEntries(refused) },
    },
  };
}

const jsonOf = (schema: Json): Json => ({ "application/json": { schema } });

function referenceParameters(schema: LabelSchema): Json[] {
  const told: Record<keyof typeof referenceQuery.shape, string> = {
    root: `An attribute root: ${schema.roots.map(({ name }) => name).join(", ")}.`,
    mode: "Which attributes the question states.",
    tone: `Every mode asks for it. ${valuesOf(schema, "tone")}`,
    angle: `Mode “tone+angle” asks for it. ${valuesOf(schema, "angle")}`,
    ageRange: `Only images with this accepted label. ${valuesOf(schema, "ageRange")}`,
  };
  return Object.entries(referenceQuery.shape).map(([name, field]) => ({
    ...{ name, in: "query", description: told[name as keyof typeof told] },
    ...{ required: !field.safeParse(undefined).success, schema: toSchema(field) },
  }));
}

/** “Age range: child, teen, … Case and separators do not matter, and aliases count.” */
function valuesOf(schema: LabelSchema, attribute: string): string {
  const { values = [], aliases = {} } = schema.attributes[attribute] ?? {};
  const also = Object.entries(aliases).map(([alias, value]) => `${alias} (${value})`);
  const spelled = also.length > 0 ? `, or ${also.join(", ")}` : "";
  return `The ${attributeWords(attribute)}: ${values.join(", ")}${spelled}. Case and separators do not matter.`;
}

function imageParameters(schema: LabelSchema): Json[] {
  const optional = (name: string, of: Json, description?: string): Json => ({
    ...{ name, in: "query", required: false, schema: of },
    ...(description && { description }),
  });
  const { default: _, ...limit } = toSchema(imagesLimit);
  return [
    ...imageFields.map((field) => optional(field, inAddress[spellings[field]](field))),
    optional("ageRange", { type: "string" }, `Images with this accepted label. ${valuesOf(schema, "ageRange")}`),
    optional("sort", { type: "string", enum: imageOrders }, "created-desc unless given."),
    optional("after", { type: "string" }, "A place in the list, from an earlier answer."),
    optional("before", { type: "string" }, "A place in the list, from an earlier answer; not together with “after”."),
    optional("limit", { ...limit, default: 100 }),
  ];
}

/** How the value of a field stands in an address. */
const inAddress: Record<Spelling, (field: ImageField) => Json> = {
  one: (field) => toSchema(imageQuery.shape[field]),
  many: (field) => toSchema(imageQuery.shape[field]),
  whole: (field) => toSchema(imageQuery.shape[field]),
  yes: () => ({ type: "string", const: "yes" }),
  label: () => pairs("ATTRIBUTE:VALUE, such as tone:warm."),
  labelSource: () => pairs("ATTRIBUTE:SOURCE, such as ageRange:none; sources are person, model, import, none, stale."),
};

const pairs = (description: string): Json => ({
  type: "array",
  items: { type: "string", pattern: "^[^:]+:.+$", description },
});

function toSchema(of: z.ZodType): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(of, { io: "input" });
  return schema;
}
