import { CopyButton } from "~/components/ui/forms/copy-button";
import { Panel } from "~/components/ui/panel";
import type { ModelRequest } from "~/features/labeling/trying/show-request.server";
import { TokenCount } from "./token-count";

/** What the model is sent for an image, word for word, with placeholders where pictures are. */
export function Request({ request, version }: { request: ModelRequest; version: number }) {
  const text = JSON.stringify(request.body, null, 2);
  return (
    <Panel title="Request for one image" aside={<CopyButton text={text} label="Copy the request" />}>
      <TokenCount version={version} />
      <p className="mt-3 text-sm text-muted [overflow-wrap:anywhere]">POST {request.address}</p>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        className="mt-2 max-h-[70vh] overflow-auto rounded-md bg-sunken p-3 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]"
      >
        {text}
      </pre>
    </Panel>
  );
}
