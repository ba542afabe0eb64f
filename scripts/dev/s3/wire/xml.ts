import { S3Error } from "./s3-error";

/**
 * Values of a document: text, several elements of one name, or elements within. Undefined is left out; a name that begins
 * with @ is an attribute.
 */
export type XmlContent = string | number | boolean | undefined | XmlContent[] | { [name: string]: XmlContent };

/** A list as the root's content stands for the elements of all its members, in that order. */
export function xmlDocument(root: string, content: XmlContent): string {
  // Errors have no namespace at AWS, and botocore finds no code in one that has.
  const namespace = root === "Error" ? "" : ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
  const inner = Array.isArray(content) ? content.map(innerXml).join("") : innerXml(content);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${namespace}>${inner}</${root}>`;
}

function element(name: string, content: XmlContent): string {
  if (content === undefined) return "";
  if (Array.isArray(content)) return content.map((one) => element(name, one)).join("");
  const attributes =
    typeof content === "object" ? Object.entries(content).filter(([child]) => child.startsWith("@")) : [];
  const written = attributes.map(([child, value]) => ` ${child.slice(1)}="${escapeXml(String(value))}"`).join("");
  return `<${name}${written}>${innerXml(content)}</${name}>`;
}

function innerXml(content: XmlContent): string {
  if (typeof content !== "object") return escapeXml(String(content ?? ""));
  return Object.entries(content)
    .filter(([child]) => !child.startsWith("@"))
    .map(([child, value]) => element(child, value))
    .join("");
}

const escapeXml = (text: string) => text.replace(/[&<>"\r]/g, (char) => `&#${char.charCodeAt(0)};`);

/** The inner text of each element of that name; enough for the flat documents that S3 clients send. */
export function xmlElements(document: string, name: string): string[] {
  return Array.from(
    document.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, "g")),
    (match) => match[1] ?? "",
  );
}

/** The unescaped text of the first element of that name. */
export function xmlText(document: string, name: string): string | undefined {
  const inner = xmlElements(document, name)[0];
  return inner === undefined ? undefined : unescapeXml(inner);
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  const plain = text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (_, hex, decimal, name) => {
    if (name) return named[name] ?? "";
    return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal));
  });
  // XML 1.0 has no way to write these characters, and AWS says so.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(plain)) {
    throw new S3Error("MalformedXML", "The XML you provided was not well-formed.");
  }
  return plain;
}
