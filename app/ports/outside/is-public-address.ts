import ipaddr from "ipaddr.js";

/** All that IANA hands out for use on the internet; the rest of IPv6 is special, or nobody's. */
const GLOBAL_IPV6: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse("2000::"), 3];

/** Among public addresses, and yet each Azure machine's own way to its host, which hands out its configuration. */
const AZURE_HOST = "168.63.129.16";

/**
 * Whether an address is one host of the public internet. Those that carry another address inside (IPv4-mapped, NAT64, 6to4,
 * Teredo) are refused whatever they carry: no public server is known by one alone.
 * @param address as a resolver gives it: IPv4 in four decimal parts, or IPv6 without brackets. Anything else is not public.
 */
export function isPublicAddress(address: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) {
    return address !== AZURE_HOST && ipaddr.IPv4.parse(address).range() === "unicast";
  }
  // A zone (“%eth0”) names a link of this machine, so what it stands with is of that link.
  if (!ipaddr.IPv6.isValid(address) || address.includes("%")) return false;
  const parsed = ipaddr.IPv6.parse(address);
  return parsed.range() === "unicast" && parsed.match(GLOBAL_IPV6);
}
