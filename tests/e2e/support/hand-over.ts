import type { Page } from "playwright-core";

/** Files that are dropped on an element as a file manager does, or pasted as a browser does. */
export async function handOver(
  page: Page,
  files: { name: string; body: Buffer; type?: string }[],
  { how, to = "body" }: { how: "drop" | "paste"; to?: string },
): Promise<void> {
  const sent = files.map(({ name, body, type = "" }) => ({ name, type, base64: body.toString("base64") }));
  await page.evaluate(`(() => {
    const transfer = new DataTransfer();
    for (const { name, type, base64 } of ${JSON.stringify(sent)}) {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type, lastModified: 1_700_000_000_000 }));
    }
    const common = { bubbles: true, cancelable: true };
    const event = ${how === "drop"}
      ? new DragEvent("drop", { ...common, dataTransfer: transfer })
      : new ClipboardEvent("paste", { ...common, clipboardData: transfer });
    document.querySelector(${JSON.stringify(to)}).dispatchEvent(event);
  })()`);
}
