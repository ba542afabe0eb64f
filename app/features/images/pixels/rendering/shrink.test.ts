import { expect, test } from "vitest";
import { shrink } from "./shrink";

const rgb = (...pixels: number[][]) => Uint8Array.from(pixels.flat());
const [black, red, white] = [
  [0, 0, 0],
  [255, 0, 0],
  [255, 255, 255],
];

test.each([
  ["the same size", { samples: rgb(black, red), width: 2, height: 1, channels: 3 }, [2, 1], rgb(black, red)],
  ["the mean of two", { samples: rgb(black, white), width: 2, height: 1, channels: 3 }, [1, 1], rgb([128, 128, 128])],
  [
    "rows and columns",
    { samples: rgb(black, black, red, red, white, white, red, red), width: 4, height: 2, channels: 3 },
    [2, 1],
    rgb([128, 128, 128], red),
  ],
  [
    "a smaller picture, enlarged",
    { samples: rgb(black, red), width: 2, height: 1, channels: 3 },
    [4, 2],
    rgb(black, black, red, red, black, black, red, red),
  ],
  [
    "what is clear lies on white",
    { samples: Uint8Array.from([0, 0, 0, 0, 255, 0, 0, 255]), width: 2, height: 1, channels: 4 },
    [2, 1],
    rgb(white, red),
  ],
] as const)("%s", (_, picture, [width, height], small) => {
  expect(shrink(picture, width, height)).toEqual(small);
});
