import type { z } from "zod";
import type { Json } from "~/features/json-column";

/** Which state of an item is told: as planned, as it shall be, or as it became. */
export type StateOf = "before" | "target" | "after";

/** A state as people read it: in words, as the key where an object lies, or why the plan knows that it will be skipped. */
export type StateWords = string | { key: string } | { skipped: string };

export type DescribeState = (state: Json, of: StateOf) => StateWords | null;

/** Tells states that `schema` reads; of any other (an older version wrote it) there is nothing to tell. */
export const describeStates =
  <State>(schema: z.ZodType<State>, words: (state: State, of: StateOf) => StateWords | null): DescribeState =>
  (json, of) => {
    const { data, success } = schema.safeParse(json);
    return success ? words(data, of) : null;
  };
