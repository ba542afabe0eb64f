import type { Angle, HairStyle, Persona } from "./persona";

type Layers = { behind: string; front: string };

const isLong = (style: HairStyle) => style === "waves" || style === "straight";
const fill = (path: string, color: string) => `<path d="${path}" fill="${color}"/>`;

/** Hair as two layers: one behind head and shoulders, one over the head. At (384, 190) it always shows its base colour. */
export function drawHair(persona: Persona): Layers {
  return draw[persona.angle](persona);
}

/** Round locks along a curve, for curls and afros. */
function locks(points: [x: number, y: number, radius: number][], color: string): string {
  return `<g fill="${color}">${points.map(([x, y, r]) => `<circle cx="${x}" cy="${y}" r="${r}"/>`).join("")}</g>`;
}

function strands(paths: string[], color: string): string {
  const lines = paths.map((path) => `<path d="${path}"/>`).join("");
  return `<g fill="none" stroke="${color}" stroke-width="7" stroke-linecap="round" opacity=".75">${lines}</g>`;
}

const bunOnTop = (x: number, { base, light }: Persona["hair"]) =>
  `<circle cx="${x}" cy="158" r="60" fill="${base}"/>` +
  strands([`M${x - 34} 132C${x - 18} 112 ${x + 12} 110 ${x + 32} 126`], light);

/** What hangs at both sides, behind the shoulders or on them. */
const sides: Partial<Record<HairStyle, string>> = {
  bob: "M172 400C150 190 270 112 384 112C498 112 618 190 596 400C604 520 606 600 590 676C540 700 500 690 470 670H298C268 690 228 700 178 676C162 600 164 520 172 400Z",
  waves:
    "M170 400C148 186 270 108 384 108C498 108 620 186 598 400C600 500 652 560 630 660C614 736 662 780 634 868C580 900 520 890 490 850H278C248 890 188 900 134 868C106 780 154 736 138 660C116 560 168 500 170 400Z",
  straight:
    "M172 400C150 186 270 108 384 108C498 108 618 186 596 400C606 560 612 740 616 884H500L480 640H288L268 884H152C156 740 162 560 172 400Z",
};

const frontCaps: Record<HairStyle, string> = {
  crop: "M188 404C166 226 262 124 384 122C506 124 602 226 580 404C572 356 562 318 544 286C500 246 440 240 384 240C328 240 268 246 224 286C206 318 196 356 188 404Z",
  "side-part":
    "M186 412C158 214 268 108 400 114C520 116 606 226 582 412C572 362 566 328 548 292C486 296 380 288 296 226C272 262 236 286 222 304C206 334 196 372 186 412Z",
  curls:
    "M190 396C170 240 270 140 384 140C498 140 598 240 578 396C568 350 556 310 530 288C490 262 440 250 384 250C328 250 278 262 238 288C212 310 200 350 190 396Z",
  bun: "M190 400C172 232 268 136 384 136C500 136 596 232 578 400C570 338 536 262 384 238C232 262 198 338 190 400Z",
  bob: "M178 452C152 206 268 112 384 112C500 112 616 206 590 452C576 400 566 350 556 306C460 316 400 312 384 236C368 312 308 316 212 306C202 350 192 400 178 452Z",
  waves:
    "M178 470C150 200 268 108 384 108C500 108 618 200 590 470C580 400 566 330 530 288C470 290 410 264 376 232C350 280 290 312 236 306C204 350 190 410 178 470Z",
  straight:
    "M178 480C150 200 268 108 384 108C500 108 618 200 590 480C580 410 572 360 560 318C470 326 298 326 208 318C196 360 188 410 178 480Z",
  afro: "M182 410C170 250 270 150 384 150C498 150 598 250 586 410C574 352 556 306 522 280C480 252 430 246 384 246C338 246 288 252 246 280C212 306 194 352 182 410Z",
};

const curlsOnTop: [number, number, number][] = [
  [212, 300, 44],
  [232, 236, 50],
  [276, 184, 54],
  [334, 152, 56],
  [398, 144, 58],
  [458, 160, 56],
  [508, 200, 52],
  [544, 254, 48],
  [560, 312, 42],
  [300, 228, 44],
  [368, 206, 48],
  [438, 214, 46],
  [496, 250, 40],
  [254, 270, 38],
];

const afroRing: [number, number, number][] = [
  [384, 340, 214],
  [199, 481, 56],
  [171, 396, 56],
  [180, 308, 56],
  [225, 231, 56],
  [297, 179, 56],
  [384, 160, 56],
  [471, 179, 56],
  [543, 231, 56],
  [588, 308, 56],
  [597, 396, 56],
  [569, 481, 56],
];

const shine = ["M270 176C306 146 352 134 392 136", "M250 222C262 206 276 192 292 182"];

const draw: Record<Angle, (persona: Persona) => Layers> = {
  front: ({ hair, hairStyle }) => {
    const side = sides[hairStyle];
    const behind = [
      side ? fill(side, hair.shade) : "",
      hairStyle === "afro" ? locks(afroRing, hair.base) : "",
      hairStyle === "bun" ? bunOnTop(384, hair) : "",
    ];
    const front = [
      fill(frontCaps[hairStyle], "url(#hair)"),
      hairStyle === "curls" ? locks(curlsOnTop, hair.base) : "",
      strands(shine, hair.light),
    ];
    return { behind: behind.join(""), front: front.join("") };
  },

  "three-quarter": ({ hair, hairStyle }) => {
    const side = sides[hairStyle];
    const cap =
      isLong(hairStyle) || hairStyle === "bob"
        ? "M172 470C140 200 262 108 384 108C512 108 606 210 584 400C578 340 566 300 546 276C480 280 440 262 416 232C380 300 316 340 290 372C280 430 284 500 268 590C230 600 200 560 172 470Z"
        : "M180 430C152 214 262 116 384 116C512 116 604 214 582 392C574 340 562 306 540 280C490 252 440 244 400 242C350 268 306 300 292 350L288 420L262 400C240 384 226 410 232 440L240 500C212 500 190 470 180 430Z";
    const behind = [
      side ? fill(side, hair.shade) : "",
      hairStyle === "afro" ? locks(afroRing, hair.base) : "",
      hairStyle === "bun" ? bunOnTop(340, hair) : "",
    ];
    const front = [
      fill(cap, "url(#hair)"),
      hairStyle === "curls"
        ? locks([...curlsOnTop.slice(1), [214, 330, 46], [222, 400, 40], [232, 456, 30]], hair.base)
        : "",
      strands(["M240 200C280 156 330 136 380 134", "M216 250C222 236 230 222 238 212"], hair.light),
    ];
    return { behind: behind.join(""), front: front.join("") };
  },

  profile: ({ hair, hairStyle }) => {
    const hanging: Partial<Record<HairStyle, string>> = {
      bob: "M180 380C170 520 176 620 200 676C260 700 330 690 362 660L380 420Z",
      waves:
        "M182 380C160 500 110 580 140 690C156 760 120 800 140 870C210 910 320 880 352 800C372 740 352 640 380 420Z",
      straight: "M180 380C166 560 150 720 148 846C200 884 280 888 326 860C352 740 356 600 384 420Z",
    };
    const cap =
      isLong(hairStyle) || hairStyle === "bob"
        ? "M186 470C150 236 250 112 390 112C480 112 548 160 566 250C530 244 500 250 478 268C452 310 420 330 402 372C392 430 400 520 372 600C300 640 220 600 186 470Z"
        : "M200 520C150 300 230 118 390 116C480 116 548 160 568 254C540 246 508 250 484 266C452 292 428 320 418 372L402 404C380 372 340 380 336 430C334 470 344 500 352 520C338 570 300 610 270 618C240 600 216 566 200 520Z";
    const behind = [
      hairStyle === "afro"
        ? locks(
            [
              [340, 300, 226],
              [160, 360, 64],
              [200, 470, 66],
              [250, 540, 60],
            ],
            hair.base,
          )
        : "",
      hairStyle === "bun" ? `<circle cx="206" cy="220" r="70" fill="${hair.shade}"/>` : "",
    ];
    const hang = hanging[hairStyle];
    const front = [
      hang ? fill(hang, hair.shade) : "",
      fill(cap, "url(#hair)"),
      hairStyle === "curls"
        ? locks(
            [
              ...curlsOnTop.slice(1, 8),
              [222, 330, 52],
              [214, 400, 48],
              [226, 470, 46],
              [256, 540, 42],
              [300, 300, 60],
              [280, 400, 50],
              [368, 206, 52],
              [440, 222, 44],
              [300, 228, 52],
            ],
            hair.base,
          )
        : "",
      strands(["M262 196C300 152 350 136 400 138", "M236 250C242 236 248 224 256 214"], hair.light),
    ];
    return { behind: behind.join(""), front: front.join("") };
  },

  back: ({ hair, hairStyle }) => {
    const shapes: Record<HairStyle, string> = {
      crop: "M190 430C160 240 256 124 384 122C512 124 608 240 578 430C576 500 562 556 540 592C500 622 440 632 384 632C328 632 268 622 228 592C206 556 192 500 190 430Z",
      "side-part":
        "M186 430C156 232 256 116 384 114C512 116 612 232 582 430C580 520 566 580 546 616C500 650 440 640 384 660C328 640 268 650 222 616C202 580 188 520 186 430Z",
      curls:
        "M186 430C160 240 256 130 384 128C512 130 608 240 582 430C570 550 520 630 468 676C420 700 348 700 300 676C248 630 198 550 186 430Z",
      bun: "M190 420C164 236 260 130 384 130C508 130 604 236 578 420C560 540 500 620 450 650C420 664 348 664 318 650C268 620 208 540 190 420Z",
      bob: sides.bob ?? "",
      waves:
        "M170 400C148 186 270 108 384 108C498 108 620 186 598 400C600 500 640 560 622 660C610 736 640 780 610 850C560 890 500 870 460 900C420 880 350 880 308 900C268 870 208 890 158 850C128 780 158 736 146 660C128 560 168 500 170 400Z",
      straight:
        "M172 400C150 186 270 108 384 108C498 108 618 186 596 400C606 560 602 720 600 872C530 890 238 890 168 872C166 720 162 560 172 400Z",
      afro: "M182 420C160 240 260 150 384 150C508 150 608 240 586 420C574 560 520 640 384 660C248 640 194 560 182 420Z",
    };
    const falling = isLong(hairStyle) || hairStyle === "bob";
    const lines = falling
      ? ["M300 200C262 330 250 500 256 640", "M384 180C376 340 372 500 380 650", "M470 200C508 330 518 500 512 640"]
      : ["M300 190C250 290 240 400 262 500", "M384 170C372 280 372 400 380 520", "M468 190C518 290 528 400 506 500"];
    const front = [
      hairStyle === "afro"
        ? locks([...afroRing, [384, 470, 190], [260, 560, 80], [384, 600, 84], [508, 560, 80]], hair.base)
        : "",
      fill(shapes[hairStyle], "url(#hair)"),
      hairStyle === "curls"
        ? locks(
            [
              ...curlsOnTop,
              [206, 380, 46],
              [210, 450, 46],
              [230, 520, 46],
              [270, 590, 46],
              [330, 640, 44],
              [400, 650, 44],
              [460, 630, 44],
              [516, 570, 46],
              [548, 500, 46],
              [562, 430, 46],
              [566, 370, 44],
            ],
            hair.base,
          )
        : "",
      hairStyle === "afro" || hairStyle === "curls" ? "" : strands(lines, hair.light),
      hairStyle === "bun"
        ? `<circle cx="384" cy="330" r="92" fill="${hair.shade}"/><circle cx="384" cy="322" r="88" fill="${hair.base}"/>` +
          strands(["M330 300C350 262 420 262 440 300", "M340 350C366 384 404 384 430 350"], hair.light)
        : "",
    ];
    return { behind: "", front: front.join("") };
  },
};
