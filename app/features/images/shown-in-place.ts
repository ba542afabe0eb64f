/** What browsers may show in place; anything else (SVG can carry scripts) is only ever downloaded. */
const SHOWN_IN_PLACE = ["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"];

/** @param contentType of the bytes as they were read; null: they were not */
export const isShownInPlace = (contentType: string | null): contentType is string =>
  contentType !== null && SHOWN_IN_PLACE.includes(contentType);
