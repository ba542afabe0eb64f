import { z } from "zod";
import type { Json } from "./job-runs/kinds/handler";

const json: z.ZodType<Json> = z.json();

/** A ledger column that holds JSON; null when it is empty. */
export const parseJson = (text: string | null): Json => (text === null ? null : json.parse(JSON.parse(text)));
