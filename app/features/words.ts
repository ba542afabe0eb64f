/**
 * The words of a name or value: separators (`_`, `-`, white space) cut, case folded, composed (NFC). Two texts mean the
 * same value exactly when their words are equal, so "Three-Quarter" and "three_quarter" do.
 */
export function wordsOf(text: string): string[] {
  return text
    .normalize("NFC")
    .toLowerCase()
    .normalize("NFC")
    .split(/[_\-\s]+/u)
    .filter(Boolean);
}
