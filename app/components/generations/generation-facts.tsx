import { Time } from "~/components/time";
import { type Fact, Facts } from "~/components/ui/facts";
import { TextLink } from "~/components/ui/text-link";
import { dollars } from "~/features/format";
import { generationPath } from "~/features/generations/generation-path";
import type { RecordedGeneration } from "~/features/generations/history/recorded-generation";
import { visible } from "~/quote";
import { EndedWith } from "./ended-with";

/** How a generation was asked for and ended, one fact a line; what its record does not say has no line. */
export function GenerationFacts({ generation }: { generation: RecordedGeneration }) {
  const { mode, model, owner, createdAt, studio, told, image } = generation;
  const { injected, trial } = studio ?? {};
  const asked = injected && [injected.root, ...Object.values(injected.attributes), injected.ageRange ?? ""];
  const facts: (Fact | null | false | undefined | "")[] = [
    mode !== null && { label: "Mode", value: mode },
    trial && {
      label: "Trial of",
      value: (
        <>
          <TextLink to={generationPath(trial.generation)}>{visible(trial.generation)}</TextLink>, with the{" "}
          {trial.reference} reference
        </>
      ),
    },
    asked && { label: "References asked for", value: asked.filter(Boolean).join(", ") },
    model !== null && { label: "Model", value: model },
    studio?.modelVersion && studio.modelVersion !== model && { label: "Answered by", value: studio.modelVersion },
    studio?.size && { label: "Size", value: [studio.size, studio.aspectRatio].filter(Boolean).join(", ") },
    studio?.of !== undefined && studio.of > 1 && { label: "Picture", value: `${studio.picture} of ${studio.of}` },
    { label: "Owner", value: <bdi>{owner?.name ?? "No owner"}</bdi> },
    { label: "Ended with", value: <EndedWith generation={generation} /> },
    studio && studio.usd != null && { label: "Cost", value: dollars(studio.usd) },
    image === null && told !== null && { label: "Picture named", value: told },
    { label: "When", value: <Time at={createdAt} /> },
  ];
  return (
    <>
      <Facts facts={facts.flatMap((fact) => fact || [])} />
      {studio?.notes?.map((note) => (
        <p key={note} className="mt-2 text-sm text-muted">
          {note}
        </p>
      ))}
    </>
  );
}
