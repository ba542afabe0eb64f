import { z } from "zod";

/** A day as UTC midnight: “2026-12-01”. */
export const day = z.iso
  .date({ error: "must be a day such as 2026-12-01" })
  .transform((text) => new Date(`${text}T00:00:00Z`));

/** An unknown price is null, never 0: a call of an unknown price must not look like a free one. */
export const usd = z.number().positive({ error: "must be more than 0; null stands for a price that is not known" });

export const count = z.int().positive();
