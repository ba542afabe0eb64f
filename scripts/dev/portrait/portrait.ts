import { drawBackdrop } from "./backdrop";
import { drawBody } from "./clothes";
import { drawHead, drawNearEar } from "./face";
import { drawHair } from "./hair";
import type { Persona } from "./persona";

/** A flat portrait as SVG of `width` px, 3:4; the same text for the same persona. Coordinates refer to 768 × 1024. */
export function drawPortrait(persona: Persona, width: number): string {
  const backdrop = drawBackdrop(persona);
  const hair = drawHair(persona);
  const { skin, hair: hairColor, cloth } = persona;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${(width / 3) * 4}" viewBox="0 0 768 1024">` +
    `<defs>${backdrop.defs}` +
    `<radialGradient id="skin" cx=".5" cy=".42" r=".62"><stop offset="0" stop-color="${skin.light}"/><stop offset=".6" stop-color="${skin.base}"/><stop offset="1" stop-color="${skin.shade}"/></radialGradient>` +
    `<linearGradient id="hair" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${hairColor.base}"/><stop offset=".5" stop-color="${hairColor.base}"/><stop offset="1" stop-color="${hairColor.shade}"/></linearGradient>` +
    `<linearGradient id="cloth" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${cloth.base}"/><stop offset="1" stop-color="${cloth.shade}"/></linearGradient>` +
    `</defs>${backdrop.mat}<g clip-path="url(#frame)">${backdrop.inside}` +
    (persona.angle === "back"
      ? drawBody(persona) + drawHead(persona) + hair.front
      : hair.behind + drawBody(persona) + drawHead(persona) + hair.front + drawNearEar(persona)) +
    `</g></svg>`
  );
}
