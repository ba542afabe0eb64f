import type { AgeRange, Expression, Persona } from "./persona";

const eyeColor = "#141414";

/** Head, ears and everything in the face. Empty of features from behind, where hair covers all. */
export function drawHead(persona: Persona): string {
  if (persona.angle === "profile") return drawProfile(persona);
  const { angle, skin } = persona;
  const ears =
    angle === "three-quarter"
      ? ""
      : `<g fill="${skin.base}"><ellipse cx="192" cy="436" rx="30" ry="52"/><ellipse cx="576" cy="436" rx="30" ry="52"/></g>` +
        `<g fill="none" stroke="${skin.shade}" stroke-width="6" stroke-linecap="round"><path d="M182 412C172 430 174 450 186 462"/><path d="M586 412C596 430 594 450 582 462"/></g>`;
  const skull = `<path d="${angle === "three-quarter" ? turnedSkull : frontSkull}" fill="url(#skin)"/>`;
  if (angle === "back") return ears + skull;
  return ears + skull + drawFeatures(persona, angle === "front" ? 0 : 60);
}

const frontSkull =
  "M194 400C194 262 278 170 384 170C490 170 574 262 574 400C574 470 566 530 538 582C506 636 444 670 384 670C324 670 262 636 230 582C202 530 194 470 194 400Z";
const turnedSkull =
  "M196 400C196 262 280 170 384 170C492 170 576 258 574 372C570 400 580 430 580 470C580 540 556 610 506 650C470 676 420 674 380 650C320 620 250 560 226 500C206 470 196 440 196 400Z";

/** Both eyes, brows, nose, mouth, beard, glasses and the lines of age, `shift` px to the right when the head is turned. */
function drawFeatures(persona: Persona, shift: number): string {
  const { skin, hair } = persona;
  const left = 309 + shift;
  const right = 459 + shift;
  const middle = 384 + shift;
  const far = shift > 0 ? 0.86 : 1;
  const cheeks = `<g fill="${skin.blush}" opacity=".28"><ellipse cx="${left - 30}" cy="490" rx="46" ry="34"/><ellipse cx="${right + 30 * far}" cy="490" rx="${46 * far}" ry="34"/></g>`;
  const brows =
    `<g fill="none" stroke="${hair.shade}" stroke-width="15" stroke-linecap="round">` +
    `<path d="M${left - 40} 350C${left - 18} ${browPeak(persona)} ${left + 14} ${browPeak(persona)} ${left + 36} ${browInner(persona)}"/>` +
    `<path d="M${right - 36} ${browInner(persona)}C${right - 14} ${browPeak(persona)} ${right + 18 * far} ${browPeak(persona)} ${right + 40 * far} 350"/></g>`;
  const noseTip = middle + (shift > 0 ? 38 : 0);
  const nose =
    shift > 0
      ? `<path d="M${middle + 6} 410C${middle + 20} 450 ${noseTip + 8} 480 ${noseTip + 8} 498C${noseTip + 8} 516 ${noseTip - 20} 520 ${noseTip - 44} 514" fill="none" stroke="${skin.shade}" stroke-width="8" stroke-linecap="round"/>`
      : `<path d="M384 412L384 470" stroke="${skin.light}" stroke-width="20" stroke-linecap="round" opacity=".5"/><path d="M352 500C362 520 406 520 416 500" fill="none" stroke="${skin.shade}" stroke-width="8" stroke-linecap="round"/>`;
  return (
    cheeks +
    drawLines(persona, left, right, middle) +
    drawEye(left, 1, persona) +
    drawEye(right, far, persona) +
    brows +
    nose +
    (persona.beard ? drawBeard(persona, shift) : "") +
    drawMouth(persona.expression, middle + (shift > 0 ? 12 : 0), persona) +
    (persona.glasses ? drawGlasses(left, right, far, skin.frame) : "") +
    (persona.earrings && shift === 0
      ? `<g fill="#d9b45a"><circle cx="190" cy="500" r="11"/><circle cx="578" cy="500" r="11"/></g>`
      : "")
  );
}

const browPeak = ({ expression }: Persona) => (expression === "serious" ? 338 : 326);
const browInner = ({ expression }: Persona) => (expression === "serious" ? 360 : 344);

/** The dark disc is what angle is read from: radius 16 at y 400; the highlight stays off the middle row. */
function drawEye(x: number, width: number, { skin }: Persona): string {
  const half = 36 * width;
  return (
    `<path d="M${x - half} 402C${x - half / 2} 374 ${x + half / 2} 374 ${x + half} 402C${x + half / 2} 424 ${x - half / 2} 424 ${x - half} 402Z" fill="#fdfbf8"/>` +
    `<path d="M${x - half - 2} 400C${x - half / 2} 372 ${x + half / 2} 372 ${x + half + 2} 400" fill="none" stroke="${skin.shade}" stroke-width="6" stroke-linecap="round"/>` +
    `<circle cx="${x}" cy="400" r="16" fill="${eyeColor}"/><circle cx="${x + 5}" cy="391" r="4" fill="#fff"/>`
  );
}

function drawMouth(expression: Expression, x: number, { skin }: Persona): string {
  const lip = skin.blush;
  switch (expression) {
    case "smiling":
      return `<path d="M${x - 66} 560C${x - 34} 578 ${x + 34} 578 ${x + 66} 560C${x + 46} 612 ${x - 46} 612 ${x - 66} 560Z" fill="#fffaf5" stroke="${lip}" stroke-width="9" stroke-linejoin="round"/>`;
    case "serious":
      return `<path d="M${x - 50} 576C${x - 20} 566 ${x + 20} 566 ${x + 50} 576" fill="none" stroke="${lip}" stroke-width="12" stroke-linecap="round"/>`;
    default:
      return (
        `<path d="M${x - 50} 568C${x - 24} 556 ${x - 10} 558 ${x} 562C${x + 10} 558 ${x + 24} 556 ${x + 50} 568C${x + 24} 592 ${x - 24} 592 ${x - 50} 568Z" fill="${lip}"/>` +
        `<path d="M${x - 46} 569C${x - 16} 572 ${x + 16} 572 ${x + 46} 569" fill="none" stroke="${skin.shade}" stroke-width="4"/>`
      );
  }
}

function drawBeard({ hair }: Persona, shift: number): string {
  return shift > 0
    ? `<path d="M236 500C250 560 330 630 380 652C430 680 480 676 510 650C552 616 578 560 580 500C560 540 540 532 500 530C470 520 420 520 396 534C340 560 280 540 236 500Z" fill="${hair.base}" opacity=".92"/>`
    : `<path d="M200 470C206 560 270 676 384 680C498 676 562 560 568 470C548 540 500 538 460 532C420 518 348 518 308 532C268 538 220 540 200 470Z" fill="${hair.base}" opacity=".92"/>`;
}

function drawGlasses(left: number, right: number, far: number, frame: string): string {
  const lens = (x: number, width: number) =>
    `<rect x="${x - 62 * width}" y="354" width="${124 * width}" height="96" rx="${44 * width}" fill="#fff" fill-opacity=".1" stroke="${frame}" stroke-width="9"/>`;
  return (
    lens(left, 1) +
    lens(right, far * far) +
    `<path d="M${left + 62} 392C${left + 68} 384 ${right - 62 * far * far - 6} 384 ${right - 62 * far * far} 392" fill="none" stroke="${frame}" stroke-width="9"/>`
  );
}

const lineCount: Record<AgeRange, number> = { "20s": 0, "30s": 0, "40s": 1, "50s": 2, "60s": 3, "70+": 4 };

/** Lines of age: beside the mouth from the forties, around the eyes and on the forehead later. */
function drawLines({ age, skin }: Persona, left: number, right: number, middle: number): string {
  const count = lineCount[age];
  if (count === 0) return "";
  const paths = [
    `M${middle - 76} 516C${middle - 92} 536 ${middle - 94} 556 ${middle - 84} 578`,
    `M${middle + 76} 516C${middle + 92} 536 ${middle + 94} 556 ${middle + 84} 578`,
  ];
  if (count > 1) {
    paths.push(`M${left - 26} 436C${left - 10} 446 ${left + 12} 446 ${left + 28} 438`);
    paths.push(`M${right - 28} 438C${right - 12} 446 ${right + 10} 446 ${right + 26} 436`);
  }
  if (count > 2) {
    paths.push(`M${middle - 90} 296C${middle - 40} 286 ${middle + 40} 286 ${middle + 90} 296`);
    paths.push(`M${left - 62} 404L${left - 82} 398`, `M${left - 60} 416L${left - 80} 424`);
  }
  if (count > 3) {
    paths.push(`M${middle - 76} 318C${middle - 30} 310 ${middle + 30} 310 ${middle + 76} 318`);
    paths.push(`M${middle - 36} 626C${middle - 12} 634 ${middle + 12} 634 ${middle + 36} 626`);
  }
  const lines = paths.map((path) => `<path d="${path}"/>`).join("");
  return `<g fill="none" stroke="${skin.shade}" stroke-width="5" stroke-linecap="round" opacity=".8">${lines}</g>`;
}

function drawProfile(persona: Persona): string {
  const { skin, hair, expression, age } = persona;
  const skull =
    "M210 420C190 260 280 160 400 164C500 166 566 220 568 320C570 346 562 366 566 384C580 420 608 468 620 494C626 512 604 520 590 524C592 540 600 546 596 558C592 566 584 568 584 574C590 584 590 594 582 600C572 616 580 640 566 660C540 690 480 676 440 650C380 640 300 600 262 560C230 520 216 470 210 420Z";
  const mouth =
    expression === "smiling"
      ? `<path d="M590 560C566 572 540 568 524 548" fill="none" stroke="${skin.blush}" stroke-width="10" stroke-linecap="round"/>`
      : `<path d="M588 568C570 570 552 570 536 ${expression === "serious" ? 576 : 566}" fill="none" stroke="${skin.blush}" stroke-width="11" stroke-linecap="round"/>`;
  const lines = lineCount[age] > 0 ? `<path d="M540 520C522 536 516 552 520 576"/>` : "";
  const more = lineCount[age] > 1 ? `<path d="M466 404L446 398"/><path d="M466 416L448 426"/>` : "";
  const most = lineCount[age] > 2 ? `<path d="M500 296C524 288 544 290 556 298"/>` : "";
  return (
    `<path d="${skull}" fill="url(#skin)"/>` +
    `<ellipse cx="500" cy="490" rx="48" ry="34" fill="${skin.blush}" opacity=".28"/>` +
    `<path d="M540 402C524 376 496 374 480 398C492 422 524 424 540 402Z" fill="#fdfbf8"/>` +
    `<path d="M542 400C524 372 496 372 476 398" fill="none" stroke="${skin.shade}" stroke-width="6" stroke-linecap="round"/>` +
    `<circle cx="514" cy="400" r="16" fill="${eyeColor}"/><circle cx="519" cy="391" r="4" fill="#fff"/>` +
    `<path d="M476 348C498 ${browPeak(persona)} 528 ${browPeak(persona)} 552 ${browInner(persona)}" fill="none" stroke="${hair.shade}" stroke-width="15" stroke-linecap="round"/>` +
    `<path d="M590 524C578 526 566 518 564 506" fill="none" stroke="${skin.shade}" stroke-width="7" stroke-linecap="round"/>` +
    `<g fill="none" stroke="${skin.shade}" stroke-width="5" stroke-linecap="round" opacity=".8">${lines}${more}${most}</g>` +
    (persona.beard
      ? `<path d="M352 500C380 560 430 580 500 540C540 520 580 528 590 540C560 548 560 580 586 586C590 600 576 612 578 630C580 680 520 692 440 660C390 630 356 570 352 500Z" fill="${hair.base}" opacity=".92"/>`
      : "") +
    mouth +
    (persona.glasses
      ? `<rect x="466" y="356" width="84" height="92" rx="36" fill="#fff" fill-opacity=".1" stroke="${skin.frame}" stroke-width="9"/><path d="M466 392L360 404" stroke="${skin.frame}" stroke-width="9"/>`
      : "")
  );
}

/** The near ear of a turned head, over the hair. */
export function drawNearEar({ angle, skin, hairStyle, earrings }: Persona): string {
  if (angle === "front" || angle === "back") return "";
  if (hairStyle === "waves" || hairStyle === "straight" || hairStyle === "bob") return "";
  const x = angle === "profile" ? 372 : 262;
  return (
    `<ellipse cx="${x}" cy="444" rx="32" ry="54" fill="${skin.base}"/>` +
    `<path d="M${x - 8} 418C${x + 12} 420 ${x + 12} 450 ${x - 2} 470" fill="none" stroke="${skin.shade}" stroke-width="6" stroke-linecap="round"/>` +
    (earrings ? `<circle cx="${x}" cy="508" r="11" fill="#d9b45a"/>` : "")
  );
}
