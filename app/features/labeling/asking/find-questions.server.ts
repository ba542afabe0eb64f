import { lookForRestored } from "~/features/images/archived.server";
import type { Known } from "~/features/images/query/image-query.sql.server";
import type { ImageSelection } from "~/features/images/query/image-selection";
import { isUnreadable } from "~/features/images/unreadable.server";
import type { PromptExample } from "~/features/labeling/prompts/prompt-content";
import { requestHash } from "~/features/labeling/prompts/prompt-versions.server";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { Db } from "~/ports/db.server";
import type { Storage } from "~/ports/storage.server";
import { findAnswers, questionKey } from "./kept-answers.sql.server";
import { readSelectedImages, type SelectedImage } from "./selected-images.sql.server";

/** An image that a label run asks about. */
export type AskedImage = {
  id: number;
  key: string;
  etag: string;
  bytes: number;
  /** A run that was cut off left an answer behind: it is used, and the model not called. */
  isAnswerAtHand: boolean;
};

/** A page of a selection's images: those to ask about, and how many are left out, and why. */
export type QuestionPage = {
  asked: AskedImage[];
  left: { gone: number; unreadable: number; archived: number; examples: number; answered: number };
};

const PAGE = 1_000;

/**
 * The images of a selection that a prompt is asked about, in key order: those that exist, are not known to be unreadable,
 * are not archived, are no example of the prompt itself, and (with "unanswered") were not answered before.
 */
export async function* findQuestions(
  { db, storage }: { db: Db; storage: Storage },
  input: {
    selection: ImageSelection;
    known: Known;
    prompt: { hashes: string[]; examples: PromptExample[] };
    only: "unanswered" | "all";
    signal: AbortSignal;
  },
): AsyncGenerator<QuestionPage> {
  const { selection, known, prompt, only, signal } = input;
  const findRestored = lookForRestored(storage, signal);
  const shots = new Map(prompt.examples.map(({ key, etag }) => [key, etag]));
  const readPage = (last?: SelectedImage) =>
    readSelectedImages(db, selection, known, { after: last?.key, limit: PAGE });
  for await (const page of pagesByKey(PAGE, readPage)) {
    const present = page.filter(({ isGone }) => !isGone);
    const sound = present.filter((image) => !isUnreadable(image));
    const restored = new Set(await findRestored(sound.filter(({ archivedAs }) => archivedAs !== null)));
    const readable = sound.filter((image) => image.archivedAs === null || restored.has(image));
    const others = readable.filter(({ key, etag }) => shots.get(key) !== etag);
    const questions = others.map((image) => ({
      image,
      asked: prompt.hashes.map((hash) => ({ imageId: image.id, requestHash: requestHash(hash, image.etag) })),
    }));
    const answers = await findAnswers(
      { db },
      questions.flatMap(({ asked }) => asked),
    );
    const asked = questions.flatMap(({ image: { id, key, etag, bytes }, asked }): AskedImage[] => {
      const known = asked.map((question) => answers.get(questionKey(question)));
      const answer = known.includes("used") ? "used" : known.find((one) => one !== undefined);
      if (only === "unanswered" && answer === "used") return [];
      return [{ id, key, etag, bytes, isAnswerAtHand: answer === "at-hand" }];
    });
    yield {
      asked,
      left: {
        gone: page.length - present.length,
        unreadable: present.length - sound.length,
        archived: sound.length - readable.length,
        examples: readable.length - others.length,
        answered: others.length - asked.length,
      },
    };
  }
}
