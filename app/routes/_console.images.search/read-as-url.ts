/** A blob as a data: URL. */
export const readAsUrl = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error("The picture could not be read. Choose it again."));
    reader.readAsDataURL(blob);
  });
