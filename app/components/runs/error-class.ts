/** "rate-limited" → “Rate limited” */
export function errorClassWords(errorClass: string): string {
  const words = errorClass.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
