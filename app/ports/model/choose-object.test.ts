import { expect, test } from "vitest";
import { chooseObject } from "./choose-object";

const said = (angle: string, confidence: number) => ({ angle: { value: angle, confidence } });
const [front, profile, back] = [said("front", 1), said("profile", 1), said("back", 1)];
const shots = [front, profile, back];

test.each([
  ["the examples as they are, then the image", [...shots, said("front", 0.8)], shots, said("front", 0.8)],
  [
    "the examples answered again, more of each than was said, then the image",
    [
      { ...said("front", 0.9), tone: { value: "cool", confidence: 0.3 } },
      said("profile", 0.7),
      said("back", 0.5),
      said("back", 0.4),
    ],
    shots,
    said("back", 0.4),
  ],
  ["one example and the image, which says something else", [front, said("back", 0.9)], [front], said("back", 0.9)],
])("the image's answer is the last of one for each picture: %s", (_, objects, examples, json) => {
  expect(chooseObject(objects, examples)).toEqual({ json, how: "listed" });
});

test.each([
  ["without examples", [front, back], []],
  ["one for each example, and none for the image", shots, shots],
  ["one too many", [...shots, said("front", 0.8), said("back", 0.8)], shots],
  ["the image first", [said("front", 0.8), ...shots], shots],
  ["the examples in another order", [back, profile, front, said("front", 0.8)], shots],
  ["what an example says is not said again", [front, front, back, said("front", 0.8)], shots],
  ["one example that the image looks like: either may be the image's", [front, said("front", 0.8)], [front]],
  ["examples that say nothing: the image's may come first", [front, back], [{}]],
  ["examples that are alike: the image's may come first", [front, front, said("front", 0.8)], [front, front]],
  ["no objects", [front, 7], [front, back]],
])("nothing tells which is the image's: %s", (_, objects, examples) => {
  expect(chooseObject(objects, examples)).toEqual({
    problem: `The answer holds ${objects.length} objects that differ, and nothing tells which is about this image.`,
  });
});

test.each([
  ["one object", [front], shots, null],
  ["the same object as often as there are pictures", [front, front, front, front], shots, "doubled"],
])("%s is the image's", (_, objects, examples, how) => {
  expect(chooseObject(objects, examples)).toEqual({ json: front, how });
});
