/** As base64 in a form it fits what the console takes of a request: 1 MiB. */
export const LARGEST_SEARCHED_BYTES = 700 * 1024;

/** The longest side, in px, of a larger picture that the browser makes smaller: more than a model is shown. */
export const SENT_EDGE = 1_024;

/** How the address of a search names a picture. */
export const PICTURE_HASH = /^[0-9a-f]{64}$/;
