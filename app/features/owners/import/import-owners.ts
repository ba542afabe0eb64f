import { z } from "zod";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";

/** An owner's row as an item keeps it; without a name there is none. */
export const ownerRow = z.object({ name: z.string().nullable(), email: z.string().nullable() });

/** What a line of the file asks for, or why it is left out. */
export const importTarget = z.union([ownerRow, z.object({ conflict: z.string() })]);

const line = z.object({ line: z.number().int().positive() });
const owner = z.object({ id: z.string().min(1), name: z.string().min(1), email: z.string().nullable() });

/** Adds the owners of a list and gives others the name that it says. Nothing is removed. */
export const importOwners = defineJob({
  kind: "import-owners",
  title: "Import owners",
  payload: z.strictObject({
    lines: z.array(z.union([line.extend({ owner }), line.extend({ complaint: z.string() })])),
    /** Columns of the file that say nothing of an owner. */
    leftOut: z.array(z.string()),
  }),
  describe: ({ lines }) => `Import ${lines.length} ${lines.length === 1 ? "line" : "lines"} of owners`,
  guard: null,
  describeState: describeStates(importTarget, (state) => {
    if ("conflict" in state) return { skipped: state.conflict };
    return state.name === null ? "no such owner" : [state.name, state.email].filter(Boolean).join(", ");
  }),
  subject: () => ({ label: "Owners", to: "/owners" }),
  lane: "interactive",
  chunkSize: 500,
  itemConcurrency: 4,
  chunkConcurrency: 1,
  retry: { attempts: 1, baseMs: 1_000, maxMs: 1_000 },
  itemTimeoutMs: 60_000,
});

export type OwnerImport = z.infer<typeof importOwners.payload>;
