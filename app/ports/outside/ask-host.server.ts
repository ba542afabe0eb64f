import type { LookupAddress, LookupAllOptions } from "node:dns";
import { type IncomingMessage, Agent as PlainAgent, request as requestPlain } from "node:http";
import { request as requestTls, Agent as TlsAgent } from "node:https";
import type { LookupFunction } from "node:net";
import { type Checked, notPublic } from "./check-address";
import { isPublicAddress } from "./is-public-address";

/** As dns.lookup is called for all addresses of a name. */
export type Lookup = (
  name: string,
  options: LookupAllOptions,
  tell: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Nothing here tells who asks, or lets an answer unfold to more than came. */
const headers = { "User-Agent": "diffs-ops", Accept: "image/*", "Accept-Encoding": "identity" };

/**
 * Sends one request on a connection of its own: none is kept, so none can lead elsewhere than was checked, and no proxy of the
 * environment stands between.
 * @returns the answer once its headers came, its body unread
 * @throws OutsideFailure where the host's addresses are not public; what the connection failed with
 */
export function askHost({ url, isTestHost }: Checked, lookup: Lookup, signal: AbortSignal): Promise<IncomingMessage> {
  const options = { headers, signal, lookup: isTestHost ? undefined : publicOnly(url, lookup) };
  return new Promise((resolve, reject) => {
    const request =
      url.protocol === "https:"
        ? requestTls(url, { ...options, agent: new TlsAgent({ keepAlive: false }), rejectUnauthorized: true })
        : requestPlain(url, { ...options, agent: new PlainAgent({ keepAlive: false }) });
    request
      .on("error", reject)
      // Another protocol (101) and a request that is ended end by this alone.
      .on("upgrade", (_answer, socket) => socket.destroy())
      .on("close", () => reject(Object.assign(new Error("No answer"), { code: "ECONNRESET" })))
      .on("response", (answer) => {
        // One that is left with its body unread ends its connection, and says so.
        answer.on("error", () => {});
        resolve(answer);
      })
      .end();
  });
}

/**
 * The look-up of the connection itself: what is judged is what is connected to, so a name that means something else a moment
 * later gains nothing. One address that is not public is enough to refuse: nobody's public server has one, and which of
 * several is taken is not ours to say.
 */
function publicOnly(url: URL, lookup: Lookup): LookupFunction {
  return (name, options, tell) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error) tell(error, []);
      else if (!first) tell(Object.assign(new Error("No addresses"), { code: "ENOTFOUND" }), []);
      else if (!addresses.every(({ address }) => isPublicAddress(address))) tell(notPublic(url), []);
      else if (options.all) tell(null, addresses);
      else tell(null, first.address, first.family);
    });
  };
}
