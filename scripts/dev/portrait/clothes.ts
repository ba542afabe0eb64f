import type { Persona } from "./persona";

const facing = "M60 1000C70 850 150 800 296 764C330 790 440 790 472 764C618 800 698 850 708 1000Z";
const sideways = "M130 1000C140 862 200 800 292 766C330 796 420 800 462 776C560 806 622 862 636 1000Z";

/** Shoulders, clothes and neck. The neck's shadow lies under the chin. */
export function drawBody(persona: Persona): string {
  const { angle, skin } = persona;
  const outline = angle === "profile" ? sideways : facing;
  const neck =
    angle === "profile"
      ? "M276 560C284 660 284 720 262 800H470C446 760 440 700 446 620Z"
      : "M306 590C308 680 304 740 276 790H492C464 740 460 680 462 590Z";
  const neckShadow =
    angle === "back"
      ? ""
      : angle === "profile"
        ? `<path d="M300 620C360 690 420 690 446 640C441 700 443 735 454 768C400 740 330 700 300 620Z" fill="${skin.shade}" opacity=".7"/>`
        : `<path d="M306 630C340 690 428 690 462 630C461 690 462 718 468 740C420 760 340 745 303 712Z" fill="${skin.shade}" opacity=".7"/>`;
  return (
    (persona.outfit === "hoodie" ? drawHood(persona) : "") +
    `<path d="${neck}" fill="${skin.base}"/>${neckShadow}` +
    `<path d="${outline}" fill="url(#cloth)"/>${angle === "back" ? drawBackSeams(persona) : drawFrontOf(persona)}`
  );
}

function drawHood({ cloth }: Persona): string {
  return `<path d="M236 800C220 690 290 660 384 664C478 660 548 690 532 800Z" fill="${cloth.shade}"/>`;
}

function drawBackSeams({ outfit, cloth, skin }: Persona): string {
  const collar =
    outfit === "tee" || outfit === "hoodie"
      ? `<path d="M290 766C330 800 438 800 478 766" fill="${skin.base}" stroke="${cloth.light}" stroke-width="14"/>`
      : `<path d="M288 774C290 730 310 716 384 716C458 716 478 730 480 774C440 800 328 800 288 774Z" fill="${cloth.light}"/>`;
  const hood =
    outfit === "hoodie"
      ? `<path d="M270 762C250 850 310 916 384 918C458 916 518 850 498 762C460 800 308 800 270 762Z" fill="${cloth.shade}"/>`
      : `<path d="M384 800V1000" stroke="${cloth.shade}" stroke-width="4" opacity=".6"/>`;
  return collar + hood;
}

const outfits: Record<Persona["outfit"], (persona: Persona, x: number) => string> = {
  tee: ({ cloth, skin }, x) =>
    `<path d="M${x - 92} 762C${x - 60} 846 ${x + 60} 846 ${x + 92} 762C${x + 50} 776 ${x - 50} 776 ${x - 92} 762Z" fill="${skin.base}"/>` +
    `<path d="M${x - 96} 762C${x - 62} 856 ${x + 62} 856 ${x + 96} 762" fill="none" stroke="${cloth.light}" stroke-width="15"/>`,
  shirt: ({ cloth, skin }, x) =>
    `<path d="M${x - 80} 756L${x} 880L${x + 80} 756Z" fill="${skin.base}"/>` +
    `<path d="M${x} 866V1000" stroke="${cloth.shade}" stroke-width="5"/>` +
    `<g fill="${cloth.light}"><path d="M${x - 90} 742L${x - 3} 868L${x - 74} 892L${x - 116} 776Z"/><path d="M${x + 90} 742L${x + 3} 868L${x + 74} 892L${x + 116} 776Z"/></g>` +
    `<circle cx="${x + 14}" cy="916" r="7" fill="${cloth.accent}"/>`,
  blazer: ({ cloth, skin }, x) =>
    `<path d="M${x - 104} 766L${x} 1000L${x + 104} 766Z" fill="${cloth.accent}"/>` +
    `<path d="M${x - 62} 764L${x} 866L${x + 62} 764Z" fill="${skin.base}"/>` +
    `<g fill="#fff" opacity=".55"><path d="M${x - 78} 750L${x} 866L${x - 44} 890L${x - 104} 776Z"/><path d="M${x + 78} 750L${x} 866L${x + 44} 890L${x + 104} 776Z"/></g>` +
    `<g fill="${cloth.shade}"><path d="M${x - 104} 766L${x - 8} 1000H${x - 60}L${x - 164} 880L${x - 128} 862L${x - 158} 800Z"/><path d="M${x + 104} 766L${x + 8} 1000H${x + 60}L${x + 164} 880L${x + 128} 862L${x + 158} 800Z"/></g>`,
  turtleneck: ({ cloth }, x) =>
    `<path d="M${x - 92} 690C${x - 40} 716 ${x + 40} 716 ${x + 92} 690C${x + 96} 740 ${x + 100} 770 ${x + 112} 790C${x + 50} 826 ${x - 50} 826 ${x - 112} 790C${x - 100} 770 ${x - 96} 740 ${x - 92} 690Z" fill="${cloth.light}"/>` +
    `<path d="M${x - 96} 736C${x - 40} 764 ${x + 40} 764 ${x + 96} 736" fill="none" stroke="${cloth.base}" stroke-width="5" opacity=".7"/>`,
  hoodie: ({ cloth, skin }, x) =>
    `<path d="M${x - 78} 764C${x - 50} 830 ${x + 50} 830 ${x + 78} 764Z" fill="${skin.base}"/>` +
    `<path d="M${x - 128} 752C${x - 96} 850 ${x - 40} 892 ${x} 896C${x + 40} 892 ${x + 96} 850 ${x + 128} 752C${x + 60} 842 ${x - 60} 842 ${x - 128} 752Z" fill="${cloth.light}"/>` +
    `<g stroke="${cloth.accent}" stroke-width="8" stroke-linecap="round"><path d="M${x - 46} 866V934"/><path d="M${x + 46} 866V920"/></g>`,
  "track-jacket": ({ cloth }, x) =>
    `<path d="M${x - 100} 742C${x - 70} 800 ${x + 70} 800 ${x + 100} 742L${x + 118} 792C${x + 60} 850 ${x - 60} 850 ${x - 118} 792Z" fill="${cloth.light}"/>` +
    `<path d="M${x} 806V1000" stroke="${cloth.accent}" stroke-width="7" stroke-dasharray="9 5"/>` +
    `<g fill="none" stroke="${cloth.accent}" stroke-width="11" opacity=".9"><path d="M${x - 150} 806C${x - 190} 850 ${x - 214} 920 ${x - 220} 1000"/><path d="M${x + 150} 806C${x + 190} 850 ${x + 214} 920 ${x + 220} 1000"/></g>`,
};

function drawFrontOf(persona: Persona): string {
  const x = { front: 384, "three-quarter": 404, profile: 400, back: 384 }[persona.angle];
  return outfits[persona.outfit](persona, x);
}
