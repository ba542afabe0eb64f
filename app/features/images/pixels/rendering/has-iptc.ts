const IN_A_JPEG = "Photoshop 3.0";
/** Photoshop's number for IPTC, behind the mark of each of its resources. */
const RESOURCE = Buffer.from("8BIM\x04\x04", "latin1");

/** Whether what sharp calls `iptc` holds captions, credits or keywords: in a JPEG these are one of the resources that Photoshop writes, or none. */
export function hasIptc(data: Buffer | undefined): boolean {
  if (data === undefined) return false;
  const isAmongOthers = data.subarray(0, IN_A_JPEG.length).toString("latin1") === IN_A_JPEG;
  return isAmongOthers ? data.includes(RESOURCE) : data.length > 0;
}
