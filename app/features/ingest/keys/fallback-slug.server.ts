import { createHash } from "node:crypto";
import { slugOf, tidyTopic } from "./slug";

/** The slug of a topic of which nothing can be romanized: “topic-” and eight digits of its hash. */
export const fallbackSlug = (topic: string): string =>
  `topic-${createHash("sha256").update(topic.normalize("NFC")).digest("hex").slice(0, 8)}`;

/** The slug of a topic before it is known whether another topic has it. */
export function baseSlug(topic: string): string {
  const tidy = tidyTopic(topic);
  return slugOf(tidy) ?? fallbackSlug(tidy);
}
