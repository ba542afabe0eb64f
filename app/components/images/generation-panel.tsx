import { KeyText } from "~/components/key-text";
import { Time } from "~/components/time";
import { type Fact, Facts } from "~/components/ui/facts";
import { CopyButton } from "~/components/ui/forms/copy-button";
import { More } from "~/components/ui/more";
import { Panel } from "~/components/ui/panel";
import { Picture } from "~/components/ui/picture";
import { TextLink } from "~/components/ui/text-link";
import type { ImagePage } from "~/features/image-page/image-page";
import { visible } from "~/quote";

/** How an image came to be, as the image agent's history tells. */
export function GenerationPanel({ generation }: { generation: NonNullable<ImagePage["generation"]> }) {
  const { prompt, model, mode, finishReason, createdAt, references, older } = generation;
  const facts: (Fact | null)[] = [
    model ? { label: "Model", value: model } : null,
    mode ? { label: "Mode", value: mode } : null,
    finishReason ? { label: "Ended with", value: finishReason } : null,
    { label: "Created", value: <Time at={createdAt} /> },
  ];
  return (
    <Panel title="Generation" aside={prompt !== "" && <CopyButton text={prompt} label="Copy the prompt" />}>
      <p dir="auto" className="mb-3 text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
        {prompt}
      </p>
      <Facts facts={facts.filter((fact) => fact !== null)} />
      {references.length > 0 && (
        <>
          <h3 className="mt-3 mb-1.5 text-sm font-medium">References</h3>
          <ol className="flex flex-col gap-2 text-sm">
            {references.map(({ position, image, name, why }) => (
              <li key={position} className="flex items-center gap-2">
                {image && (
                  <Picture
                    imageId={image.id}
                    etag={image.etag}
                    alt={visible(name)}
                    missing={image.isGone ? "Gone" : image.hasThumbnail ? undefined : "None"}
                    className="size-10 shrink-0"
                  />
                )}
                <span className="min-w-0">
                  {image ? (
                    <TextLink to={`/images/${image.id}`}>
                      <KeyText>{name}</KeyText>
                    </TextLink>
                  ) : (
                    <KeyText>{name}</KeyText>
                  )}
                  {why && <span className="block text-muted [overflow-wrap:anywhere]">{why}</span>}
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
      <More as="p" total={older} shown={0} className="mt-3 text-sm">
        {" "}
        of this image
      </More>
    </Panel>
  );
}
