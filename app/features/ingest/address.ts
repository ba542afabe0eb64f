/** Longer ones are refused by servers; only data: URLs hold more. */
const LONGEST_ADDRESS = 8_192;

/** Why nothing can be read from an address, as the end of a sentence; null: something may be there. */
export function whyNoAddress(address: string): string | null {
  if (address.length > LONGEST_ADDRESS) return `its address is longer than ${LONGEST_ADDRESS} characters`;
  if (!URL.canParse(address)) return "that is no web address";
  const { protocol, username, password } = new URL(address);
  if (protocol !== "https:" && protocol !== "http:") return `an address that begins with ${protocol} is not read here`;
  return username === "" && password === "" ? null : "its address holds a user name or password, which is not sent";
}
