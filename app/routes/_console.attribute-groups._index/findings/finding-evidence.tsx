import { useCanAct } from "~/components/groups/action-scope";
import { FindingActions } from "~/components/groups/finding-actions";
import { KeyText } from "~/components/key-text";
import { Time } from "~/components/time";
import { CopyButton } from "~/components/ui/forms/copy-button";
import { IntentButton } from "~/components/ui/forms/intent-button";
import { More } from "~/components/ui/more";
import { Picture } from "~/components/ui/picture";
import { TextLink } from "~/components/ui/text-link";
import { type Finding, findingTypes, type MendingAction } from "~/features/attribute-groups/findings/finding-types";
import { groupPath } from "~/features/attribute-groups/group-slug";
import { bytes } from "~/features/format";
import { baseName, folderName, hasImageExtension } from "~/features/images/key-layout";

type FindingEvidenceProps = {
  root: string;
  finding: Finding;
  /** By ETag, the id of an image that shows it. */
  pictures: Record<string, number>;
};

/** What a finding rests on, exactly as S3 listed it, and what to do about it. */
export function FindingEvidence({ root, finding, pictures }: FindingEvidenceProps) {
  const { objects, more } = finding.evidence;
  const actions: readonly MendingAction[] = findingTypes[finding.type].actions;
  const noPicture = finding.type === "undecodable" || finding.type === "zero-bytes" ? "Cannot be read" : "Not indexed";
  const canChoose = useCanAct() && actions.includes("set-reference");
  return (
    <div className="flex flex-col gap-3 px-4 pb-4 text-sm">
      <p>{findingTypes[finding.type].advice}</p>
      {!objects.some(({ key }) => key === finding.subject) && <CopyableKey text={finding.subject} />}
      {objects.length > 0 && (
        <ul className="flex flex-col gap-3 border-l border-line-strong pl-3">
          {objects.map((object) => (
            <li key={object.key} className="flex gap-3">
              {hasImageExtension(object.key) && (
                <Picture
                  imageId={pictures[object.etag] ?? null}
                  etag={object.etag}
                  missing={object.etag in pictures ? undefined : noPicture}
                  alt={baseName(object.key)}
                  className="aspect-[3/4] w-14 shrink-0 self-start"
                />
              )}
              <div className="flex min-w-0 flex-col items-start gap-1">
                {object.key === finding.subject ? <CopyableKey text={object.key} /> : <KeyText>{object.key}</KeyText>}
                <p className="text-xs [overflow-wrap:anywhere] text-muted tabular-nums">
                  {bytes(object.bytes)} · ETag {object.etag}
                </p>
                {canChoose && (
                  <IntentButton
                    leadsAway
                    intent="set-reference"
                    fields={{ key: object.key }}
                    about={baseName(object.key)}
                  >
                    Set as reference
                  </IntentButton>
                )}
              </div>
            </li>
          ))}
          <More total={objects.length + more} shown={objects.length} className="text-xs" />
        </ul>
      )}
      <p className="flex flex-wrap items-center gap-x-3 text-xs text-muted">
        <span>
          First seen <Time at={finding.firstSeenAt} />
        </span>
        {finding.evidence.groups.map((prefix) => (
          <TextLink key={prefix} to={groupPath(root, folderName(prefix))} className="[overflow-wrap:anywhere]">
            Open {folderName(prefix)}
          </TextLink>
        ))}
      </p>
      <FindingActions finding={finding} />
    </div>
  );
}

const CopyableKey = ({ text }: { text: string }) => (
  <div className="-my-1.5 flex w-full items-center justify-between gap-2">
    <KeyText>{text}</KeyText>
    <CopyButton text={text} label="Copy key" />
  </div>
);
