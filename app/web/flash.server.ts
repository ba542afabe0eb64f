import { type AppLoadContext, redirect } from "@remix-run/node";
import { z } from "zod";
import { edgeCookie } from "./cookies.server";

/** A cookie holds 4 kB, and so much in any script fits. */
const MAX_CHARACTERS = 500;

const flash = z.object({ tone: z.enum(["good", "bad"]), text: z.string().max(2 * MAX_CHARACTERS) });

/** A sentence that the next page shows once. */
export type Flash = z.infer<typeof flash>;

/** "toast": any page of the console; "sign-in": the sign-in page. */
type Channel = "toast" | "sign-in";

/** Leads to `path`, which then shows `message` as a toast, cut at 500 characters. Further cookies ride in `headers`. */
export async function redirectWithFlash(
  context: AppLoadContext,
  path: string,
  message: Flash,
  options: { channel?: Channel; headers?: Headers } = {},
): Promise<Response> {
  const headers = options.headers ?? new Headers();
  const characters = Array.from(message.text);
  const isLong = characters.length > MAX_CHARACTERS;
  const text = isLong ? `${characters.slice(0, MAX_CHARACTERS - 1).join("")}…` : message.text;
  headers.append("Set-Cookie", await flashCookie(context, options.channel ?? "toast").serialize({ ...message, text }));
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
