import { KeyText } from "~/components/key-text";
import { Time } from "~/components/time";
import { ButtonLink } from "~/components/ui/forms/button";
import { Panel } from "~/components/ui/panel";
import { Picture } from "~/components/ui/picture";
import { TextLink } from "~/components/ui/text-link";
import { baseName } from "~/features/images/key-layout";
import { describeReason } from "~/features/labeling/describe-answer";
import { type RefusalFilter, type RefusedImage, toRefusalAddress } from "~/features/labeling/refusals/refusals";

/** As many as a page of them has. */
const PAGE = 60;

type RefusedImagesProps = { images: RefusedImage[]; filter: RefusalFilter; isFirst: boolean };

/** The images that were refused, the newest first, each with what the model said and the run that asked. */
export function RefusedImages({ images, filter, isFirst }: RefusedImagesProps) {
  const { run, ...narrowing } = filter;
  const isNarrowed = Object.values(narrowing).some((value) => value !== undefined);
  const all = toRefusalAddress(run === undefined ? {} : { run });
  const older = images.length < PAGE ? null : images.at(-1)?.id;
  const toOlder = toRefusalAddress(filter);
  if (older) toOlder.set("before", String(older));
  return (
    <Panel
      title={<span id="refused">Refused images</span>}
      aside={isNarrowed && <TextLink to={`?${all}#refused`}>Show all</TextLink>}
      isPadded={false}
    >
      {images.length === 0 && <p className="p-4 text-sm text-muted">No refused images match these filters.</p>}
      <ul className="divide-y divide-line">
        {images.map(({ id, imageId, key, runId, prompt, model, code, message, at }) => (
          <li key={id} className="flex gap-4 p-4 max-sm:gap-3">
            <Picture imageId={imageId} alt={baseName(key)} className="h-24 w-18 shrink-0" />
            <div className="flex min-w-0 grow flex-col gap-1 text-sm">
              <p className="break-words first-letter:uppercase">{describeReason(code, message)}</p>
              <TextLink to={`/images/${imageId}`} className="w-fit max-w-full">
                <KeyText>{key}</KeyText>
              </TextLink>
              <p className="flex flex-wrap items-center gap-x-3 text-muted">
                <TextLink to={`/label-runs/${runId}?tab=refused`}>Label run {runId}</TextLink>
                <span>{prompt}</span>
                <span>{model}</span>
                <Time at={at} />
              </p>
            </div>
          </li>
        ))}
      </ul>
      {(older || !isFirst) && (
        <nav aria-label="Pages" className="flex justify-between gap-2 border-t border-line px-4 py-2">
          {isFirst ? <span /> : <ButtonLink to={`?${toRefusalAddress(filter)}#refused`}>Newest</ButtonLink>}
          {older && <ButtonLink to={`?${toOlder}#refused`}>Older</ButtonLink>}
        </nav>
      )}
    </Panel>
  );
}
