import { permanentAddress } from "~/features/images/permanent-address";
import type { Ports } from "~/ports/index.server";

/** An image as programs read it: with its permanent address, and who answers there. One that is gone has none. */
export const withAddress = <Image extends { key: string; goneAt: Date | null }>(
  image: Image,
  { settings }: Pick<Ports, "settings">,
) => ({
  ...image,
  ...(image.goneAt === null ? permanentAddress(image.key, settings) : { address: null, servedBy: null }),
});
