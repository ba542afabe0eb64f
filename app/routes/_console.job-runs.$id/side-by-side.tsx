import { Panel } from "~/components/ui/panel";
import { bytes } from "~/features/format";
import { quoteKey } from "~/quote";

type Pair = {
  imageId: number;
  key: string;
  bytes: number;
  becomes: number;
  etag: string;
  format: string;
  quality: number;
};

/** What images are and would become, whole: a card of a grid would show no difference. */
export function SideBySide({ pairs }: { pairs: Pair[] }) {
  return (
    <Panel title="Side by side">
      <ul className="flex flex-col gap-4">
        {pairs.map(({ imageId, key, etag, format, quality, ...sizes }) => (
          <li key={imageId} className="grid gap-2 sm:grid-cols-2">
            <Picture
              src={`/images/${imageId}/original?v=${encodeURIComponent(etag)}`}
              alt={`${quoteKey(key)}, the original`}
              what={`Original, ${bytes(sizes.bytes)}`}
            />
            <Picture
              src={`/images/${imageId}/converted?format=${format}&quality=${quality}&v=${encodeURIComponent(etag)}`}
              alt={`${quoteKey(key)}, converted`}
              what={`Converted, ${bytes(sizes.becomes)}`}
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Picture({ src, alt, what }: { src: string; alt: string; what: string }) {
  return (
    <figure className="min-w-0">
      <a href={src} target="_blank" rel="noreferrer">
        <img src={src} alt={alt} loading="lazy" className="aspect-square w-full object-contain" />
      </a>
      <figcaption className="text-sm text-muted tabular-nums">{what}</figcaption>
    </figure>
  );
}
