/** The spans that charts of checks show, in days, as `?days=` of the page and its exports. */
export const spans = [1, 7, 30, 90] as const;

/** The span that an address asks for; a day where it asks for none of them. */
export const spanOf = (params: URLSearchParams): number =>
  spans.find((days) => String(days) === params.get("days")) ?? 1;
