/** Bytes as a form carries them without growing by what it escapes. */
export async function toBase64Url(blob: Blob): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error("The file could not be read. Choose it again."));
    reader.readAsDataURL(blob);
  });
  const base64 = url.slice(url.indexOf(",") + 1);
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
