import { type AppLoadContext, redirect } from "@remix-run/node";
import { z } from "zod";
import { edgeCookie } from "./cookies.server";

const flash = z.object({ tone: z.enum(["good", "bad"]), text: z.string().max(500) });

/** A sentence that the next page shows once. */
export type Flash = z.infer<typeof flash>;

/** "toast": any page of the console; "sign-in": the sign-in page. */
type Channel = "toast" | "sign-in";

/** Leads to `path`, which then shows `message` as a toast. Further cookies ride in `headers`. */
export async function redirectWithFlash(
  context: AppLoadContext,
  path: string,
  message: Flash,
  options: { channel?: Channel; headers?: Headers } = {},
): Promise<Response> {
  const headers = options.headers ?? new Headers();
  headers.append("Set-Cookie", await flashCookie(context, options.channel ?? "toast").serialize(message));
  return redirect(path, { headers });
}

/** The sentence to show, if any, and the headers that make it the last time. */
export async function readFlash(
  { request, context }: { request: Request; context: AppLoadContext },
  channel: Channel = "toast",
): Promise<{ flash: Flash | null; headers: Headers }> {
  const cookie = flashCookie(context, channel);
  const value: unknown = await cookie.parse(request.headers.get("Cookie"));
  const headers = new Headers();
  if (value !== null) headers.append("Set-Cookie", await cookie.serialize("", { maxAge: 0 }));
  return { flash: flash.safeParse(value).data ?? null, headers };
}

const flashCookie = ({ env }: AppLoadContext, channel: Channel) =>
  edgeCookie(env, `${channel}-flash`, { maxAge: 60, signed: true });
