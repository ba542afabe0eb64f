import { Form, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { useHasRole } from "~/components/operator";
import { Button } from "~/components/ui/forms/button";

type StartRunFormProps = {
  /** One that its definition lets start so; the server refuses any other. */
  kind: string;
  children: ReactNode;
  variant?: "primary" | "secondary";
  /** Another run of this kind is under way. */
  isRunning?: boolean;
  /** The page to come back to; without it the run's own page opens. */
  returnTo?: string;
};

/** Starts a run of a kind that needs no further answers. */
export function StartRunForm({ kind, children, variant, isRunning = false, returnTo }: StartRunFormProps) {
  const { formData } = useNavigation();
  if (!useHasRole("operator")) return null;
  return (
    <Form method="post" action="/job-runs">
      {returnTo && <input type="hidden" name="returnTo" value={returnTo} />}
      <Button
        type="submit"
        name="kind"
        value={kind}
        {...(variant && { variant })}
        pending={isRunning || formData?.get("kind") === kind}
      >
        {children}
      </Button>
    </Form>
  );
}
