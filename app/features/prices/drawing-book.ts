import type { DrawUsage } from "~/ports/model/model.server";
import type { DrawingModel } from "./drawing-file";
import { findListed } from "./model-book";

/** USD a token. */
export type DrawingPrice = { input: { text: number; image: number }; output: number; picture: number };

/** What is known of a model that draws on a day. Of one that no file lists nothing is. */
export type DrawingFacts = {
  /** As it is asked for. */
  model: string;
  isListed: boolean;
  /** Null: not known, which is not free. */
  price: DrawingPrice | null;
} & Pick<
  DrawingModel,
  "sizes" | "takesSize" | "aspectRatios" | "mostPictures" | "pictureTokens" | "thinkingLevels" | "ends" | "instead"
>;

export type DrawingBook = {
  factsOf(model: string, at: Date): DrawingFacts;
  /** Models that may be asked at this time, with a known price; the newest first. */
  current(at: Date): string[];
};

const PER_MILLION = 1e6;
const UNKNOWN = {
  sizes: {},
  takesSize: false,
  aspectRatios: [],
  mostPictures: null,
  pictureTokens: null,
  thinkingLevels: null,
  ends: null,
  instead: null,
};

/** @param models as the files list them */
export function createDrawingBook(models: Record<string, DrawingModel>): DrawingBook {
  return {
    factsOf(model, at) {
      const listed = findListed(models, model);
      if (!listed) return { model, isListed: false, price: null, ...UNKNOWN };
      const { released: _, sources: __, prices: ___, ...facts } = listed;
      return { ...facts, model, isListed: true, price: priceAt(listed, at) };
    },
    current: (at) =>
      Object.entries(models)
        .filter(([, model]) => (model.ends === null || at < model.ends) && priceAt(model, at) !== null)
        .sort(([, one], [, other]) => timeOf(other.released) - timeOf(one.released))
        .map(([name]) => name),
  };
}

const timeOf = (day: Date | null) => day?.getTime() ?? 0;

/** The price that holds at a time: the newest that began before. */
function priceAt({ prices }: DrawingModel, at: Date): DrawingPrice | null {
  const row = prices.findLast(({ from }) => from <= at);
  if (!row) return null;
  const { input, output, picture } = row;
  return {
    input: { text: input.text / PER_MILLION, image: input.image / PER_MILLION },
    output: output / PER_MILLION,
    picture: picture / PER_MILLION,
  };
}

/** USD of so many tokens. Of a lower price for cached input nothing is known, so it counts as other input does. */
export function costOfDrawing(price: DrawingPrice, { text, image, output, outputPicture }: DrawUsage): number {
  return (
    text * price.input.text +
    image * price.input.image +
    (output - outputPicture) * price.output +
    outputPicture * price.picture
  );
}
