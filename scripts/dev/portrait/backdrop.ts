import type { Persona, Tone } from "./persona";

/** The mat around the picture, at least 8 % on each side: its colour is the picture's tone. */
const mats: Record<Tone, { mat: string; high: string; low: string; glow: string }> = {
  warm: { mat: "#e8c39a", high: "#f6e3cb", low: "#d9a878", glow: "#fbf0e0" },
  neutral: { mat: "#b9b9b9", high: "#dcdcda", low: "#a0a0a0", glow: "#efefed" },
  cool: { mat: "#9ab8e0", high: "#cfdff4", low: "#7f9fcb", glow: "#e6effb" },
};

const outlines: Record<Persona["backdrop"], string> = {
  arch: "M92 942V384A292 292 0 0 1 676 384V942Z",
  sun: "M92 942V384A292 292 0 0 1 676 384V942Z",
  panel: "M140 92H628A48 48 0 0 1 676 140V894A48 48 0 0 1 628 942H140A48 48 0 0 1 92 894V140A48 48 0 0 1 140 92Z",
  window: "M140 92H628A48 48 0 0 1 676 140V894A48 48 0 0 1 628 942H140A48 48 0 0 1 92 894V140A48 48 0 0 1 140 92Z",
};

const scenery: Record<Persona["backdrop"], (glow: string) => string> = {
  arch: () => "",
  panel: () => "",
  sun: (glow) => `<circle cx="384" cy="400" r="262" fill="${glow}" opacity=".55"/>`,
  window: (glow) =>
    `<g fill="${glow}" opacity=".38"><path d="M420 92H560L300 942H160Z"/><path d="M600 92H676V200L450 942H360Z"/></g>`,
};

/** What lies behind the person, and the outline that crops both. */
export function drawBackdrop({ tone, backdrop }: Persona): { defs: string; mat: string; inside: string } {
  const { mat, high, low, glow } = mats[tone];
  return {
    defs:
      `<linearGradient id="niche" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${high}"/>` +
      `<stop offset="1" stop-color="${low}"/></linearGradient>` +
      `<clipPath id="frame"><path d="${outlines[backdrop]}"/></clipPath>`,
    mat: `<rect width="768" height="1024" fill="${mat}"/>`,
    inside: `<rect width="768" height="1024" fill="url(#niche)"/>${scenery[backdrop](glow)}`,
  };
}
