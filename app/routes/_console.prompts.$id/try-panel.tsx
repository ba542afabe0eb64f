import { useNavigate } from "@remix-run/react";
import { useState } from "react";
import { ImagePicker } from "~/components/images/image-picker";
import { callQuoteWords } from "~/components/labels/call-quote-words";
import { useHasRole } from "~/components/operator";
import { Button } from "~/components/ui/forms/button";
import { IntentButton } from "~/components/ui/forms/intent-button";
import { Panel } from "~/components/ui/panel";
import { Picture } from "~/components/ui/picture";
import { TextLink } from "~/components/ui/text-link";
import { dollars } from "~/features/format";
import { baseName } from "~/features/images/key-layout";
import type { TriedImage, TryView } from "~/features/labeling/trying/read-tries.server";
import { useCallQuote } from "./token-count";
import { Tries } from "./tries";

type TryPanelProps = { version: number; model: string; image: TriedImage | null; tries: TryView[] };

/** One paid call about an image of one's choice, its cost said first; and what came of those before. */
export function TryPanel({ version, model, image, tries }: TryPanelProps) {
  const [isPicking, setPicking] = useState(false);
  const navigate = useNavigate();
  const canAct = useHasRole("operator");
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[360px_minmax(0,1fr)]">
      <Panel title="Image">
        {image ? (
          <>
            <Picture
              imageId={image.id}
              etag={image.etag}
              missing={image.hasThumbnail ? undefined : "No thumbnail"}
              alt={baseName(image.key)}
              className="aspect-[3/4] w-full max-w-60"
            />
            <TextLink to={`/images/${image.id}`} className="mt-2 text-sm [overflow-wrap:anywhere]">
              {image.key}
            </TextLink>
          </>
        ) : (
          <p className="text-sm text-muted">
            See what this version makes of one image before you start a run. It is one paid call; you see its cost
            first. Nothing is proposed, and a label run with this version uses the answer instead of paying again.
          </p>
        )}
        {canAct && (
          <div className="mt-3 flex flex-col items-start gap-3">
            {image && <Ask version={version} model={model} imageId={image.id} />}
            <Button variant={image ? "secondary" : "primary"} onClick={() => setPicking(true)}>
              {image ? "Choose another image" : "Choose an image"}
            </Button>
          </div>
        )}
      </Panel>
      <Tries tries={tries} image={image} version={version} />
      {isPicking && (
        <ImagePicker
          title="Choose an image to try"
          picked={image ? [image.key] : []}
          isFull={false}
          onPick={({ imageId }) => {
            setPicking(false);
            navigate(`/prompts/${version}?tab=try&image=${imageId}`, { preventScrollReset: true });
          }}
          onClose={() => setPicking(false)}
        />
      )}
    </div>
  );
}

/** What it will cost, then the button that spends it. */
function Ask({ version, model, imageId }: { version: number; model: string; imageId: number }) {
  const answer = useCallQuote(version, imageId);
  if (answer === null) {
    return (
      <p role="status" className="text-sm text-muted">
        Counting tokens…
      </p>
    );
  }
  if ("refusal" in answer) {
    return (
      <p role="alert" className="text-sm text-bad [overflow-wrap:anywhere]">
        {answer.refusal}
      </p>
    );
  }
  const { quote } = answer;
  return (
    <>
      <p role="status" className="text-sm tabular-nums">
        {callQuoteWords(quote)}
        {quote.mostUsd !== null && <span className="text-muted">; at most {dollars(quote.mostUsd)}</span>}
      </p>
      <IntentButton intent="try" fields={{ imageId }} variant="primary">
        Ask {model}
        {quote.usd === null ? "" : ` for about ${dollars(quote.usd)}`}
      </IntentButton>
    </>
  );
}
