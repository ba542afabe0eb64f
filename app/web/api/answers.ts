import { z } from "zod";
import { referenceModes } from "~/features/attribute-groups/references/reference-request";

// What programs are answered, as JSON. The document of the API is made from these, and a test holds real answers to it.

const attributes = z
  .record(z.string(), z.string())
  .meta({ description: "Attribute → listed value.", examples: [{ angle: "front", tone: "warm" }] });
const moment = z.iso.datetime().meta({ description: "UTC." });
const cursor = z.string().nullable();

const reference = z.object({
  group: z.string().meta({ description: "The group folder's name, exactly." }),
  prefix: z.string(),
  attributes,
  key: z.string(),
  etag: z.string().meta({ description: "If the object has another one by now, it was replaced after the audit." }),
  why: z.string().meta({ description: "A sentence." }),
});

const missing = z.object({
  type: z.string().meta({ description: "What is wrong, such as missing-combination, no-reference, no-label." }),
  attributes,
  groups: z.array(z.string()),
  reason: z.string().meta({ description: "A sentence." }),
});

export const referencesAnswer = z.object({
  root: z.string(),
  mode: z.enum(referenceModes),
  attributes,
  ageRange: z.string().nullable().meta({ description: "The age range that was asked for, as a listed value." }),
  snapshotId: z.number().int(),
  asOf: moment.meta({ description: "When the audit looked. UTC." }),
  references: z.array(reference).min(1).meta({ description: "At most one a group." }),
  missing: z.array(missing).meta({ description: "What was asked for and has no reference." }),
});

const image = z.object({
  id: z.number().int(),
  key: z.string(),
  etag: z.string(),
  kind: z.string(),
  bytes: z.number().int(),
  width: z.number().int().nullable().meta({ description: "null until the image was read." }),
  height: z.number().int().nullable(),
  contentType: z.string().nullable(),
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
  isUnreadable: z.boolean(),
  unreadable: z.string().nullable().meta({ description: "Why it cannot be read, as a sentence." }),
  archivedAs: z.string().nullable(),
  hasThumbnail: z.boolean(),
  address: z.string().nullable().meta({ description: "Its permanent address; null: it is no longer in the bucket." }),
  servedBy: z.enum(["cdn", "console"]).nullable().meta({
    description: "Who answers there: cdn shows the picture to everyone, console its page to whoever is signed in.",
  }),
  goneAt: moment.nullable(),
  createdAt: moment,
});

export const imagesAnswer = z.object({
  images: z.array(image),
  before: cursor.meta({ description: "Give it as “before” to have the page before; null: there is none." }),
  after: cursor.meta({ description: "Give it as “after” to have the page after; null: there is none." }),
});

export const refusalAnswer = z.object({ error: z.string().meta({ description: "A sentence for people." }) });
