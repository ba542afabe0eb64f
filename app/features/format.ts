// One way to print each kind of number, in facts and sentences as on pages. Separators are narrow no-break spaces (U+202F).

const thin = (text: string) => text.replaceAll(",", "\u202f");

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

/** 12431 → “12 431” */
export const count = (value: number) => thin(whole.format(value));

/** 3, “image” → “3 images” */
export const plural = (value: number, one: string, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;

const units = ["B", "kB", "MB", "GB", "TB", "PB"];

/** 1234567 → “1.2 MB”, in powers of 1,000 as object stores bill them. */
export function bytes(value: number | bigint): string {
  let rest = Number(value);
  let unit = 0;
  while (rest >= 1000 && unit < units.length - 1) {
    rest /= 1000;
    unit += 1;
  }
  return `${thin((unit === 0 || rest >= 100 ? whole : oneDigit).format(rest))}\u202f${units[unit]}`;
}

/** 12.3 → “$12.30”, 0.0836 → “$0.0836”: cents, and below ten of them hundredths of a cent. */
export function dollars(value: number): string {
  const digits = value > 0 && value < 0.1 ? 4 : 2;
  return `$${thin(value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits }))}`;
}
