import { quote } from "~/quote";
import { isPublicAddress } from "./is-public-address";
import { OutsideFailure, placeOf } from "./outside-failure";

/** An address to read, and whether it is one of OUTSIDE_TEST_HOSTS, so that it need not be public. */
export type Checked = { url: URL; isTestHost: boolean };

/** Never a name of the public internet (RFC 6761, 6762, 8375, and ICANN's promise for “internal”). */
const PRIVATE_NAME = /(?:^|\.)(?:localhost|local|internal|home\.arpa)$/;
const DEFAULT_PORTS: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };
/** Those below belong to other services (ssh, mail, …), which no request of ours shall reach. */
const FIRST_FREE_PORT = 1_024;

/**
 * Judges an address by itself, before its name is looked up.
 * @param options.testHosts exact host:port pairs that pass although they are not public
 * @throws OutsideFailure bad-address or forbidden-address
 */
export function checkAddress(address: string, { testHosts }: { testHosts: ReadonlySet<string> }): Checked {
  if (!URL.canParse(address)) {
    throw bad("This is no web address: one begins with https:// or http:// and names a host.");
  }
  const url = new URL(address);
  const defaultPort = DEFAULT_PORTS[url.protocol];
  if (defaultPort === undefined) {
    throw bad(`An image's address begins with https:// or http://, and this one with ${quote(url.protocol)}.`);
  }
  if (url.username || url.password) {
    throw bad(
      `The address at ${quote(url.host)} holds a user name or password, which is never sent. Use one without, or upload the image.`,
    );
  }
  const port = url.port || defaultPort;
  if (testHosts.has(`${url.hostname}:${port}`)) return { url, isTestHost: true };
  if (!mayBePublic(url.hostname)) throw notPublic(url);
  if (port !== defaultPort && port !== "80" && port !== "443" && Number(port) < FIRST_FREE_PORT) {
    throw bad(
      `${placeOf(url)} names port ${port}, which is no web server's. Use another address, or upload the image.`,
    );
  }
  return { url, isTestHost: false };
}

/**
 * Judges where an answer redirects to, from the start. From https it may not lead to http: whoever is on the way could put
 * another image in the place of the one that was asked for.
 * @param location as the header has it
 * @throws OutsideFailure bad-address or forbidden-address
 */
export function checkRedirect(from: URL, location: string, options: { testHosts: ReadonlySet<string> }): Checked {
  // Node reads headers as Latin-1; servers write names of files in UTF-8.
  const text = new TextDecoder().decode(Uint8Array.from(location, (byte) => byte.charCodeAt(0)));
  const checked = checkAddress(URL.canParse(text, from) ? new URL(text, from).href : text, options);
  if (from.protocol === "https:" && checked.url.protocol === "http:") {
    throw bad(`${placeOf(checked.url)} is http, where an image can be exchanged on the way. Ask for an https address.`);
  }
  return checked;
}

export const notPublic = (url: URL) =>
  new OutsideFailure(
    "forbidden-address",
    `${placeOf(url)} is not on the public internet, and images are read from nowhere else. Upload the image instead.`,
  );

const bad = (sentence: string) => new OutsideFailure("bad-address", sentence);

/** @param hostname as URL writes it: an IPv4 address in four decimal parts however it was spelled, IPv6 in brackets */
function mayBePublic(hostname: string): boolean {
  if (hostname.startsWith("[")) return isPublicAddress(hostname.slice(1, -1));
  if (/^\d+(?:\.\d+){3}$/.test(hostname)) return isPublicAddress(hostname);
  const name = hostname.replace(/\.$/, "");
  // A name of one part is completed by the machine's own network.
  return name.includes(".") && !PRIVATE_NAME.test(name);
}
