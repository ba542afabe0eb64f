import { bytes, count, dollars, duration, plural } from "~/features/format";
import type { Unit } from "./check";

const oneDigit = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

/** The number of a check with its unit: 12.3 “percent” → “12.3 %”, 5400 “seconds” → “1 h 30 min”. */
export function figure(value: number, unit: Unit): string {
  switch (unit) {
    case "count":
      return count(value);
    case "percent":
      return `${oneDigit.format(value)}\u202f%`;
    case "usd":
      return dollars(value);
    case "bytes":
      return bytes(value);
    case "seconds":
      return value < 10 ? `${oneDigit.format(value)}\u202fs` : duration(value);
    case "days":
      return plural(Math.floor(value), "day");
    case "per hour":
      return `${count(value)}/h`;
  }
}
