/** Answers as long as the process serves requests. */
export const loader = () => new Response("ok\n", { headers: { "Cache-Control": "no-store" } });
