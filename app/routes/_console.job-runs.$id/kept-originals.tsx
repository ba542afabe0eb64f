import { Form } from "@remix-run/react";
import { Button } from "~/components/ui/forms/button";
import { Panel } from "~/components/ui/panel";
import { plural } from "~/features/format";

/** What a conversion keeps, and the way to let go of it. */
export function KeptOriginals({ runId, count }: { runId: number; count: number }) {
  return (
    <Panel title="Originals">
      <p className="mb-3">
        {plural(count, "original")} can still be given back by an undo. Remove them once you are sure: you see the plan
        first.
      </p>
      <Form method="post" action="/original-removals">
        <input type="hidden" name="runId" value={runId} />
        <Button type="submit">Plan the removal of {plural(count, "original")}</Button>
      </Form>
    </Panel>
  );
}
