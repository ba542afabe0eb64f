/** The file name at the end of a key, an address or a path of any machine (Windows paths have backslashes). */
export const fileName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);

/** Such text has no accents. */
const ASCII = /^\p{ASCII}*$/u;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/**
 * What a name can have been before it was copied from one place to another: as it is, decoded once more, without a slash
 * in front, and with its accents composed or apart, which look alike and are two keys.
 */
export function formsOf(name: string): string[] {
  const plain = [name, ...(name.includes("%") ? [decoded(name)] : [])].flatMap((form) => [
    form,
    form.replace(/^\/+/, ""),
  ]);
  const forms = plain.flatMap((form) =>
    ASCII.test(form) ? form : [form, form.normalize("NFC"), form.normalize("NFD")],
  );
  return [...new Set(forms)].filter((form) => form !== "");
}

/** Of some that have the same file name, those whose folders agree with a path's for longest, from the file upward. */
export function closestTo<Image extends { key: string }>(path: string, images: readonly Image[]): Image[] {
  const asked = foldersOf(path);
  const shared = images.map(({ key }) => {
    const own = foldersOf(key);
    const end = own.findIndex((folder, at) => folder !== asked[at]);
    return end < 0 ? own.length : end;
  });
  const most = Math.max(0, ...shared);
  return images.filter((_, at) => shared[at] === most);
}

/** From the file upward. */
const foldersOf = (path: string): string[] => path.normalize("NFC").split(/[/\\]/).slice(0, -1).reverse();
